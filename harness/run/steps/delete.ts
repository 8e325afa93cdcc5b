import type { StepRunner } from './step-runner.js';

/** Deletes an object of the world and waits until it is gone. */
export const deleteObject: StepRunner<'delete'> = async (step, { world }, signal) => {
  await world.delete(step.target, signal);
  return undefined;
};
