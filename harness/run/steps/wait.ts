import { NetclaimsError } from '../../domain/error.js';
import type { UnmetWait } from '../../domain/world-record.js';
import { readableMs } from '../clock.js';
import type { Condition } from '../instruments.js';
import { watch } from '../watch.js';
import { readFacts, type StepContext, type StepOf, type StepRunner } from './step-runner.js';

/**
 * Reads the facts afresh whenever something in the world may have changed, until the condition is true and, with `for`, has stayed true
 * that long. `timeout` is for becoming true; the time of `for` comes on top. A condition that became true and did not stay
 * true is not tried again.
 */
export const wait: StepRunner<'wait'> = async (step, context, signal) => {
  const { clock, world } = context;
  const deadline = clock.now() + step.timeoutMs;
  let trueSince: number | undefined;
  let inVain: string | undefined;
  let last: Condition = { kind: 'unknown', because: 'it was not read' };

  const look = async () => {
    const began = clock.now();
    last = await readCondition(step, context, signal);
    if (last.kind === 'true') {
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
    inVain = `did not become true within ${readableMs(step.timeoutMs)}`;
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
  return context.instruments.evaluate(step.until.source, context.log.report(null), fresh);
};

const unmet = (step: StepOf<'wait'>, message: string, last: Condition): UnmetWait => {
  const until = step.until.source;
  if (last.kind === 'unknown') {
    throw new NetclaimsError({
      code: 'step/undecided',
      what: `it could not be read whether \`${until}\` is true`,
      evidence: [last.because],
    });
  }
  const { file, position } = step;
  return {
    until,
    message: `${file}:${position.line}:${position.column} ${message}`,
    values: last.kind === 'false' ? last.values : [],
  };
};
