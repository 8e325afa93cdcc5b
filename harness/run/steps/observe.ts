import { cutEvidence } from '../evidence-limit.js';
import { readFacts, type StepRunner } from './step-runner.js';

/** Reads all facts and keeps them under a name. */
export const observe: StepRunner<'observe'> = async (step, context, signal) => {
  context.log.observed(cutEvidence(await readFacts(step.name, context, signal)));
  return undefined;
};
