import { allDone } from '../../domain/all-done.js';
import type { StepRunner } from './step-runner.js';

/** Deletes objects of the world, side by side, and waits until they are gone. */
export const deleteObjects: StepRunner<'delete'> = async (step, { world }, signal) => {
  await allDone(step.targets.map((target) => world.delete(target, signal)));
  return undefined;
};
