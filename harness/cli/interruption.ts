import process from 'node:process';
import { NetclaimsError } from '../domain/error.js';

/** Why a run was stopped by a signal. */
const interrupted = (name: NodeJS.Signals) =>
  new NetclaimsError({ code: 'run/interrupted', what: `stopped by ${name}` });

/**
 * A signal that is aborted by the first SIGINT, SIGTERM or SIGHUP, so that everything is removed before the process ends.
 * A second one ends it at once: the kernel then ends the nodes, and the next run sweeps what they leave.
 */
export const onInterruption = (): AbortSignal => {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, () => controller.abort(interrupted(name)));
  }
  return controller.signal;
};
