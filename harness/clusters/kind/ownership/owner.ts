import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { pid as ownPid } from 'node:process';
import { identifyProcess, stateHere } from '../../process-identity.js';
import { sendSignal } from '../../send-signal.js';

/** The process that something belongs to, told apart from every other on any machine that uses the same engine. */
export interface Owner {
  /** The machine's id, or its name where it has none. */
  readonly machine: string;
  /** Changes with every start of the machine; empty where it is not known. */
  readonly boot: string;
  /** Process ids mean something only within it; empty where there are no namespaces. */
  readonly pidNamespace: string;
  readonly pid: number;
  readonly startTime: number;
}

/** What is known of an owner from here: `unknown` of one on another machine, or in another container of this one. */
export type OwnerState = 'alive' | 'ended' | 'unknown';

const text = (file: string): Promise<string> =>
  readFile(file, 'utf8').then(
    (content) => content.trim(),
    () => '',
  );

/** This process as an owner. */
export const thisOwner = async (): Promise<Owner> => {
  const [machine, boot, pidNamespace, identity] = await Promise.all([
    text('/etc/machine-id'),
    text('/proc/sys/kernel/random/boot_id'),
    readlink('/proc/self/ns/pid').catch(() => ''),
    identifyProcess('self'),
  ]);
  return {
    machine: machine === '' ? hostname() : machine,
    boot,
    pidNamespace: pidNamespace.replace(/\D/g, ''),
    pid: identity?.pid ?? ownPid,
    startTime: identity?.startTime ?? 0,
  };
};

/** As a label's value. */
export const formatOwner = ({ machine, boot, pidNamespace, pid, startTime }: Owner): string =>
  [machine, boot, pidNamespace, pid, startTime].join('/');

/** The owner that a label's value names; undefined when it was not written here. */
export const parseOwner = (value: string): Owner | undefined => {
  const [machine, boot, pidNamespace, pid, startTime, ...more] = value.split('/');
  if (machine === undefined || boot === undefined || pidNamespace === undefined || more.length > 0)
    return undefined;
  if (!/^[0-9]+$/.test(pid ?? '') || !/^[0-9]+$/.test(startTime ?? '')) return undefined;
  return { machine, boot, pidNamespace, pid: Number(pid), startTime: Number(startTime) };
};

/** Whether an owner lives, as far as that can be told from where `self` is. */
export const ownerState = async (
  owner: Owner,
  self: Owner,
  runs: (owner: Owner) => Promise<boolean> = isRunning,
): Promise<OwnerState> => {
  if (owner.machine !== self.machine) return 'unknown';
  if (owner.boot !== self.boot) return 'ended';
  if (owner.pidNamespace !== self.pidNamespace) return 'unknown';
  return (await runs(owner)) ? 'alive' : 'ended';
};

const isRunning = async ({ pid, startTime }: Owner): Promise<boolean> => {
  if (startTime !== 0) return (await stateHere({ pid, startTime })) !== 'ended';
  // Without /proc there is only the number.
  return sendSignal(pid, 0) !== 'gone';
};
