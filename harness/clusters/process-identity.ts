import { readFile, stat } from 'node:fs/promises';
import { sendSignal } from './send-signal.js';

/** A process, told apart from a later one of the same number by when it started. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks after boot: field 22 of /proc/PID/stat, proc_pid_stat(5). */
  readonly startTime: number;
  /** The inode of the PID namespace in which it has its number. */
  readonly pidNamespace: number;
}

/** The inode of this process's PID namespace. */
const ownPidNamespace = async (): Promise<number> => (await stat('/proc/self/ns/pid')).ino;

/**
 * The identity of a living process; undefined when there is none of that number, or only its exit code is left of it.
 * @param proc where the process file system is by which it is numbered
 */
export const identifyProcess = async (
  process: number | 'self',
  proc = '/proc',
): Promise<ProcessIdentity | undefined> => {
  const text = await readFile(`${proc}/${process}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  // The second field is the command in parentheses, and may itself hold blanks and parentheses.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  if (state === 'Z' || state === 'X') return undefined;
  return {
    pid: Number.parseInt(text, 10),
    startTime: Number(fields[19]),
    pidNamespace: await ownPidNamespace(),
  };
};

/** What can be said of a process from here. */
export type ProcessState = 'alive' | 'ended' | 'unknown';

/** `unknown` where that cannot be seen: another PID namespace, no /proc, a /proc that hides other users' processes. */
export const processState = async (identity: ProcessIdentity): Promise<ProcessState> => {
  const own = await ownPidNamespace().catch(() => undefined);
  return own === identity.pidNamespace ? stateHere(identity) : 'unknown';
};

/** The same for one that is known to be of this PID namespace. */
export const stateHere = async ({
  pid,
  startTime,
}: Omit<ProcessIdentity, 'pidNamespace'>): Promise<ProcessState> => {
  const found = await identifyProcess(pid);
  if (found !== undefined) return found.startTime === startTime ? 'alive' : 'ended';
  return exists(pid) && !(await isShown(pid)) ? 'unknown' : 'ended';
};

/** Whether that very process may still live: nothing is taken from an owner that cannot be asked. */
export const mayLive = async (identity: ProcessIdentity): Promise<boolean> =>
  (await processState(identity)) !== 'ended';

/** The kernel knows a number also where /proc does not show it (hidepid, proc(5)). */
const exists = (pid: number): boolean => sendSignal(pid, 0) !== 'gone';

/** One that is shown and has no identity is a zombie. */
const isShown = (pid: number): Promise<boolean> =>
  stat(`/proc/${pid}/stat`).then(
    () => true,
    () => false,
  );

/** The identity of this process. */
export const ownIdentity = async (): Promise<ProcessIdentity> => {
  const identity = await identifyProcess('self');
  if (identity === undefined) throw new Error('/proc/self/stat cannot be read: is /proc mounted?');
  return identity;
};

/** An identity as the names of files and cgroups have it: `PID-STARTTIME-PIDNAMESPACE`. */
export const identityText = ({ pid, startTime, pidNamespace }: ProcessIdentity): string =>
  `${pid}-${startTime}-${pidNamespace}`;

/** What `identityText` gives, with a group for each part. */
export const identityPattern = '([0-9]+)-([0-9]+)-([0-9]{9,})';

/** The identity of the three groups of `identityPattern`. */
export const identityOf = (pid = '', startTime = '', pidNamespace = ''): ProcessIdentity => ({
  pid: Number(pid),
  startTime: Number(startTime),
  pidNamespace: Number(pidNamespace),
});
