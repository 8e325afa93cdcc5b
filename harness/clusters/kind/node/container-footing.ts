import { deadline } from '../../../domain/deadline.js';
import { lossOf, type Footing } from '../../ground/watch-ground.js';
import type { Engine } from '../engine/engine.js';

const logMs = 5_000;
const logLines = 5;

/**
 * The container that is a node, as it is now: it is lost when it ends, and when it was started again.
 * @throws NetclaimsError `cluster/ground-lost` when it does not run
 */
export const containerFooting = async (
  engine: Engine,
  container: string,
  signal: AbortSignal,
): Promise<Footing> => {
  const name = `the container of node ${container}`;
  const lastOutput = () => engine.logs(container, logLines, deadline(logMs));
  const stateNow = async (stop: AbortSignal) => {
    const state = await engine.inspect(container, stop);
    if (state?.running === true) return { startedAt: state.startedAt };
    return { why: state === undefined ? 'there is no such container' : `it is ${state.status}` };
  };
  const first = await stateNow(signal);
  if (first.why !== undefined) throw await lossOf({ name, lastOutput }, first.why);
  const look = async (stop: AbortSignal): Promise<string | undefined> => {
    const now = await stateNow(stop);
    return now.why ?? (now.startedAt === first.startedAt ? undefined : 'it was started again');
  };
  const ended = async (stop: AbortSignal): Promise<string> => {
    await engine.ended([container], stop);
    return (await look(stop)) ?? 'it ended';
  };
  return { name, look, ended, lastOutput };
};
