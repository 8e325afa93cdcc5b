import type { Footing } from '../ground/watch-ground.js';
import { askPatiently, type KubernetesApi } from './kubernetes-api.js';
import { version } from './objects/kube-shapes.js';

/** The API server. Whoever works with it hears at once that it is gone; a look shows whether it is back. */
export const apiFooting = (api: Pick<KubernetesApi, 'client' | 'explain'>): Footing => ({
  name: `the API server ${api.client.access.server}`,
  look: async (signal) => {
    await askPatiently(
      api,
      { method: 'GET', path: '/version', answer: version },
      'asking for its version',
      signal,
    );
    return undefined;
  },
});
