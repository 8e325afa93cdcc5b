import type { StepRunner } from './step-runner.js';

/** Runs its steps in order, several times over. */
export const repeat: StepRunner<'repeat'> = async (step, context, signal) => {
  for (let round = 0; round < step.times; round += 1) {
    for (const inner of step.steps) {
      const unmet = await context.run(inner, signal);
      if (unmet !== undefined) return unmet;
    }
  }
  return undefined;
};
