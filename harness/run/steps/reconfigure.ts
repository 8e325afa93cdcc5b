import { NetclaimsError } from '../../domain/error.js';
import type { StepRunner } from './step-runner.js';

/** Changes the network while pods live; it is put back when the world and its pods are gone. */
export const reconfigure: StepRunner<'reconfigure'> = async ({ change }, context, signal) => {
  const { cluster } = context;
  if (cluster.reconfigure === undefined) {
    throw new NetclaimsError({
      code: 'step/not-possible',
      what: "this cluster's network cannot be changed",
      remedy: 'add changeable-network to what the scenario requires',
    });
  }
  context.undoLater(await cluster.reconfigure(change, signal));
  return undefined;
};
