import { NetclaimsError } from '../../domain/error.js';
import type { UnmetWait } from '../../domain/world-report.js';
import { readableMs } from '../../domain/duration.js';
import type { Condition } from '../../judge/judge-condition.js';
import { stepPlace } from '../step-title.js';
import { watch } from '../watch.js';
import { readFacts, type StepContext, type StepOf, type StepRunner } from './step-runner.js';

/**
 * Reads the facts afresh whenever something in the world may have changed, until the condition is true and, with `for`, has stayed true
 * that long. `timeout` is for both: early enough, the time of `for` before its end, must the condition become true. One that became true
 * and did not stay true is not tried again.
 */
export const wait: StepRunner<'wait'> = async (step, context, signal) => {
  const { clock, world } = context;
  const toBecomeTrueMs = step.timeoutMs - step.forMs;
  const deadline = clock.now() + toBecomeTrueMs;
  let trueSince: number | undefined;
  let inVain: string | undefined;
  let last: Condition = { kind: 'unknown', reason: 'it was not read' };

  const look = async () => {
    const began = clock.now();
    last = await readCondition(step, context, signal);
    if (last.kind === 'met') {
      if (trueSince === undefined) {
        trueSince = clock.now();
        return step.forMs === 0 ? 'enough' : 'again';
      }
      return began >= trueSince + step.forMs ? 'enough' : 'on-change';
    }
    if (trueSince !== undefined) {
      inVain = `became true, but did not stay true for ${readableMs(step.forMs)}`;
      return 'enough';
    }
    if (began < deadline) return 'on-change';
    inVain = `did not become true within ${readableMs(toBecomeTrueMs)}`;
    return 'enough';
  };
  const left = () => (trueSince === undefined ? deadline : trueSince + step.forMs) - clock.now();
  await watch(world, look, () => Math.max(0, left()), signal);

  return inVain === undefined ? undefined : unmet(step, inVain, last);
};

const readCondition = async (
  step: StepOf<'wait'>,
  context: StepContext,
  signal: AbortSignal,
): Promise<Condition> => {
  const fresh = await readFacts('now', context, signal);
  return context.instruments.judgeCondition(step.until.source, context.log.report(), fresh);
};

const unmet = (step: StepOf<'wait'>, what: string, last: Condition): UnmetWait => {
  const until = step.until.source;
  switch (last.kind) {
    case 'unknown':
      throw new NetclaimsError({
        code: 'step/undecided',
        what: `it could not be read whether \`${until}\` is true`,
        evidence: [last.reason],
      });
    case 'unmet':
      return { until, message: `${stepPlace(step)}: ${what}: ${last.message}`, values: last.values };
    case 'met':
      return { until, message: `${stepPlace(step)}: ${what}`, values: [] };
  }
};
