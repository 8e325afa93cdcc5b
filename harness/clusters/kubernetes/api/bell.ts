import { setTimeout as sleep } from 'node:timers/promises';
import { createChanges, type Changes } from '../../changes.js';
import type { ApiClient } from './api-client.js';

/** Tells when something in a namespace may have changed; ask then what is so. */
export interface Bell extends Pick<Changes, 'next'>, AsyncDisposable {}

/** How long one watch goes on before it is begun anew. */
const watchMs = 240_000;

/** When to watch again after a watch failed or ended at once. */
const pauseMs = 500;

/**
 * Watches the pods of a namespace. A watch that begins tells of all pods as they are then, so that nothing is missed between one watch and
 * the next.
 */
export const hangBell = (client: ApiClient, namespace: string): Bell => {
  const changes = createChanges();
  const over = new AbortController();
  const { signal } = over;
  const isOver = () => signal.aborted;
  const watch = async () => {
    while (!isOver()) {
      const request = {
        method: 'GET',
        path: `/api/v1/namespaces/${namespace}/pods`,
        query: { watch: '1', timeoutSeconds: String(watchMs / 1_000) },
        timeoutMs: watchMs + pauseMs,
      } as const;
      // Why a watch failed is of no use: whoever was woken asks the same server, and hears it.
      await client.follow(request, () => changes.notify(), signal).catch(() => undefined);
      changes.notify();
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  };
  const done = watch();
  return {
    next: (atMostMs, whenAborted) => changes.next(atMostMs, whenAborted),
    async [Symbol.asyncDispose]() {
      over.abort();
      await done;
    },
  };
};
