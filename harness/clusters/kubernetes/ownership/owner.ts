import { randomUUID } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { identifyProcess, stateHere } from '../../process-identity.js';

/** Who made something in a cluster: a process, and the machine on which it can be looked for. */
export interface Owner {
  /** The boot of a machine and the PID namespace in it, within which pids mean something. */
  readonly host: string;
  readonly pid: number;
  readonly startTime: number;
}

/** This process. Where there is no /proc, nobody else can look for it, so that its sign of life has to do. */
export const thisOwner = async (): Promise<Owner> => {
  const [host, identity] = await Promise.all([thisHost(), identifyProcess('self')]);
  return { host: host ?? randomUUID(), pid: identity?.pid ?? 0, startTime: identity?.startTime ?? 0 };
};

const thisHost = async (): Promise<string | undefined> => {
  try {
    const [boot, pids] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      readlink('/proc/self/ns/pid'),
    ]);
    return `${boot.trim()}/${pids}`;
  } catch {
    return undefined;
  }
};

/** How long an owner on another machine may give no sign of life before it counts as gone. */
const silenceMs = 10 * 60_000;

/** Whether the owner still lives, as this machine can tell; by its last sign of life where it is on another one. */
export const lives = async (owner: Owner, signOfLife: Date, now: Date): Promise<boolean> => {
  if (owner.host === (await thisHost())) return (await stateHere(owner)) !== 'ended';
  const silentMs = now.getTime() - signOfLife.getTime();
  // A sign of life that cannot be read proves no death.
  return Number.isNaN(silentMs) || silentMs < silenceMs;
};

/** As an annotation has it: `HOST/PID/START`. */
export const ownerText = ({ host, pid, startTime }: Owner): string => `${host}/${pid}/${startTime}`;

/** undefined when the text is not one of ours. */
export const parseOwner = (text: string): Owner | undefined => {
  const [, host = '', pid, startTime] = /^(.+)\/(\d+)\/(\d+)$/.exec(text) ?? [];
  return host === '' ? undefined : { host, pid: Number(pid), startTime: Number(startTime) };
};
