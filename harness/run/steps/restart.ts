import type { StepRunner } from './step-runner.js';

/** Stops a container and waits until its successor runs. */
export const restart: StepRunner<'restart'> = async (step, { world }, signal) => {
  await world.restart({ pod: step.pod, container: step.container }, signal);
  return undefined;
};
