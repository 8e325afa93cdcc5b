import { NetclaimsError } from '../../../domain/error.js';
import { apiPort } from '../kubeadm/cluster-plan.js';
import type { ContainerState, Engine } from './engine.js';

/** The API server's address from outside. */
export const serverOf = (state: ContainerState | undefined, engine: Engine): string => {
  const port = state?.ports[apiPort]?.port;
  if (port === undefined) {
    throw new NetclaimsError({
      code: 'cluster/no-api-port',
      what: 'the engine has given the API server no port on its machine',
      remedy: 'see whether something else takes the ports, and restart the engine',
    });
  }
  return `https://${engine.host}:${port}`;
};
