import { readFile } from 'node:fs/promises';

/** A process, told apart from a later one of the same number by when it started. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks after boot: field 22 of /proc/PID/stat, proc_pid_stat(5). */
  readonly startTime: number;
}

/**
 * The identity of a living process; undefined when there is none of that number, or only its exit code is left of it.
 * @param proc where the process file system is by which it is numbered
 */
export const identifyProcess = async (
  process: number | 'self',
  proc = '/proc',
): Promise<ProcessIdentity | undefined> => {
  const stat = await readFile(`${proc}/${process}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return undefined;
  // The second field is the command in parentheses, and may itself hold blanks and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  if (state === 'Z' || state === 'X') return undefined;
  return { pid: Number.parseInt(stat, 10), startTime: Number(fields[19]) };
};

/** Whether that very process still lives. */
export const isAlive = async (identity: ProcessIdentity): Promise<boolean> =>
  (await identifyProcess(identity.pid))?.startTime === identity.startTime;

/** The identity of this process. */
export const ownIdentity = async (): Promise<ProcessIdentity> => {
  const identity = await identifyProcess('self');
  if (identity === undefined) throw new Error('/proc/self/stat cannot be read: is /proc mounted?');
  return identity;
};
