import type { Step } from '../../domain/scenario.js';
import { within } from '../within.js';
import { apply } from './apply.js';
import { deleteObjects } from './delete.js';
import { kill } from './kill.js';
import { observe } from './observe.js';
import { probe } from './probe.js';
import { reconfigure } from './reconfigure.js';
import { repeat } from './repeat.js';
import { restart } from './restart.js';
import type { StepContext, StepEnd, StepRunner } from './step-runner.js';
import { wait } from './wait.js';
import { notEndedInTime } from '../../domain/not-in-time.js';

/** The only list of steps: a new kind is one file and one line here. */
const runners: { readonly [Kind in Step['kind']]: StepRunner<Kind> } = {
  observe,
  probe,
  apply,
  delete: deleteObjects,
  kill,
  restart,
  reconfigure,
  wait,
  repeat,
};

/** How long a step that keeps its own time (a probe's command, a wait) may take on top, to read and to come back. */
const marginMs = 30_000;

/** Does a step within its time. @throws NetclaimsError `step/timeout`, or what went wrong in it */
export const runStep = (step: Step, context: StepContext, signal: AbortSignal): Promise<StepEnd> => {
  const ms = timeLimit(step);
  const late = () =>
    notEndedInTime('step/timeout', '', ms, {
      remedy: 'give it more time (`timeout`), if that is what it needs',
    });
  // The table pairs each kind with its runner; that the two agree cannot be said of a union.
  const run = runners[step.kind] as (step: Step, ...rest: [StepContext, AbortSignal]) => Promise<StepEnd>;
  return within(ms, late, (stop) => run(step, context, stop), signal);
};

const timeLimit = (step: Step): number => {
  switch (step.kind) {
    case 'probe':
    case 'wait':
      return step.timeoutMs + marginMs;
    default:
      return step.timeoutMs;
  }
};
