import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { NetclaimsError } from '../domain/error.js';
import { identifyProcess, processState, type ProcessIdentity } from './process-identity.js';
import { sendSignal } from './send-signal.js';

/** The environment variable by which a process is known as one that netclaims started. Its value says for which cluster. */
export const markVariable = 'NETCLAIMS_CLUSTER';

/** A process that netclaims started, as a record has it for other runs. */
export interface MarkedProcess extends ProcessIdentity {
  readonly mark: string;
}

/**
 * What became of it: `ours` when the process of that number is the one of the record and carries the mark, `gone` when it has ended, whoever
 * has its number now. `unknown` where that cannot be seen from here.
 */
export const markedState = async (process: MarkedProcess): Promise<'ours' | 'gone' | 'unknown'> => {
  const state = await processState(process);
  if (state !== 'alive') return state === 'ended' ? 'gone' : 'unknown';
  const mark = await markOf(process.pid);
  // One that has just ended has an environment no more.
  if (mark === undefined) return (await processState(process)) === 'ended' ? 'gone' : 'unknown';
  return mark === process.mark ? 'ours' : 'gone';
};

/** How long the kernel may take to end a process with its namespaces. */
const endMs = 10_000;

/**
 * Ends a process, and with the first one of a PID namespace all others in it. What is not ours is left alone.
 * @throws NetclaimsError `cluster/cleanup` where it cannot be told whether it is ours, or where it does not end
 */
export const endMarked = async (process: MarkedProcess, limitMs = endMs): Promise<void> => {
  const state = await markedState(process);
  if (state === 'gone') return;
  if (state === 'unknown') throw cannotTell(process);
  if (sendSignal(process.pid, 'SIGKILL') === 'refused') throw cannotTell(process);
  // It is not our child, so nothing tells when it is gone.
  for (const untilMs = Date.now() + limitMs; (await processState(process)) !== 'ended';) {
    if (Date.now() > untilMs) throw doesNotEnd(process, limitMs);
    await sleep(10);
  }
};

/** All processes with a mark that begins so; for a cluster whose record is damaged. */
export const processesMarked = async (beginning: string): Promise<readonly MarkedProcess[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^[0-9]+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const mark = await markOf(Number(pid));
      if (mark?.startsWith(beginning) !== true) return [];
      const identity = await identifyProcess(Number(pid));
      return identity === undefined ? [] : [{ ...identity, mark }];
    }),
  );
  return found.flat();
};

/** The value of the variable in the environment that a process was started with; undefined where that cannot be read. */
const markOf = async (pid: number): Promise<string | undefined> => {
  const text = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => undefined);
  if (text === undefined || text === '') return undefined;
  const variable = text.split('\0').find((each) => each.startsWith(`${markVariable}=`));
  return variable?.slice(markVariable.length + 1) ?? '';
};

const cannotTell = ({ pid }: MarkedProcess): NetclaimsError =>
  new NetclaimsError({
    code: 'cluster/cleanup',
    what: `process ${pid} of the cluster was not ended: it cannot be seen from here whether it is ours`,
    evidence: ['it is in another PID namespace, or belongs to another user'],
    remedy: 'run the same command as the user, and in the container, that made the cluster',
  });

const doesNotEnd = ({ pid }: MarkedProcess, limitMs: number): NetclaimsError =>
  new NetclaimsError({
    code: 'cluster/cleanup',
    what: `process ${pid} of the cluster did not end within ${limitMs / 1_000} s of SIGKILL`,
    remedy: `see what the kernel waits for: \`cat /proc/${pid}/stack\``,
  });
