import type { StepRunner } from './step-runner.js';

/** Applies manifests in the world and waits until they are ready. */
export const apply: StepRunner<'apply'> = async (step, { world }, signal) => {
  await world.apply(step.manifests, signal);
  return undefined;
};
