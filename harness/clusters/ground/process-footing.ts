import { setTimeout as sleep } from 'node:timers/promises';
import { identifyProcess } from '../process-identity.js';
import { lossOf, type Footing } from './watch-ground.js';

/** A process that a cluster stands on. */
export interface StandingProcess extends Omit<Footing, 'look'> {
  /** For a person: `containerd of node-1`. */
  readonly name: string;
  readonly pid: number;
  /** Where its process file system is, if not this machine's. */
  readonly proc?: string;
}

/** How often a process is looked at that nobody tells of. */
const lookAgainMs = 250;

/**
 * A process as it is now: it is lost when it ends, and when its number is that of another one.
 * @throws NetclaimsError `cluster/ground-lost` when it has ended already
 */
export const processFooting = async ({ pid, proc, ...standing }: StandingProcess): Promise<Footing> => {
  const name = `${standing.name} (process ${pid})`;
  const first = await identifyProcess(pid, proc);
  if (first === undefined) throw await lossOf({ ...standing, name }, 'it has ended');
  const look = async (): Promise<string | undefined> => {
    const now = await identifyProcess(pid, proc);
    if (now === undefined) return 'it has ended';
    return now.startTime === first.startTime ? undefined : 'it has ended, and another process has its number';
  };
  const ended = async (signal: AbortSignal): Promise<string> => {
    for (;;) {
      await sleep(lookAgainMs, undefined, { signal, ref: false });
      const why = await look();
      if (why !== undefined) return why;
    }
  };
  return { ended, ...standing, name, look };
};
