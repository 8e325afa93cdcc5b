import type { Footing } from '../ground/watch-ground.js';
import { hasStatus } from './api/api-error.js';
import { patienceMs, retried } from './api/retried.js';
import type { KubernetesApi } from './kubernetes-api.js';
import { version } from './objects/kube-shapes.js';

/** The API server. Whoever works with it hears at once that it is gone; a look shows whether it is back. */
export const apiFooting = (api: Pick<KubernetesApi, 'client' | 'explain'>): Footing => ({
  name: `the API server ${api.client.access.server}`,
  look: async (signal) => {
    const request = { method: 'GET', path: '/version', answer: version } as const;
    try {
      await retried(() => api.client.ask(request, signal), patienceMs, signal);
    } catch (error) {
      // It answers, though this user may not ask for that.
      if (!hasStatus(error, 403)) throw api.explain(error, 'asking for its version');
    }
    return undefined;
  },
});
