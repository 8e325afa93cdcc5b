import process from 'node:process';
import { NetclaimsError } from '../domain/error.js';

/** Why a run was stopped by a signal. */
const interrupted = (name: NodeJS.Signals) =>
  new NetclaimsError({ code: 'run/interrupted', what: `stopped by ${name}` });

/** One Ctrl-C reaches a process twice where a parent such as npm passes it on: within this time both are one. */
const sameMs = 300;

/** How long a run that was told to stop may take to write its reports and to remove what it made. */
const tidyMs = 60_000;

export interface Interruption {
  /** Aborted by the first SIGINT, SIGTERM or SIGHUP, and by `stop`. */
  readonly signal: AbortSignal;
  /** Stops the run for this reason. */
  readonly stop: (reason: NetclaimsError) => void;
}

/**
 * The first signal stops the run, so that everything is removed before the process ends. The kernel ends the process at once by a second
 * SIGINT or SIGTERM, as nobody handles it any more: the nodes end with it, and the next run removes what they leave. A terminal that goes
 * sends SIGHUP more than once, so that another one means nothing.
 * @param late called if the run does not end in time after it is told to stop
 */
export const onInterruption = (late: (afterMs: number) => void, afterMs = tidyMs): Interruption => {
  const controller = new AbortController();
  const stop = (reason: NetclaimsError): void => {
    if (controller.signal.aborted) return;
    controller.abort(reason);
    setTimeout(() => late(afterMs), afterMs).unref();
  };
  const names = ['SIGINT', 'SIGTERM'] as const;
  const first = (name: NodeJS.Signals): void => {
    stop(interrupted(name));
    setTimeout(() => names.forEach((each) => process.removeListener(each, first)), sameMs).unref();
  };
  for (const name of [...names, 'SIGHUP'] as const) process.on(name, first);
  return { signal: controller.signal, stop };
};
