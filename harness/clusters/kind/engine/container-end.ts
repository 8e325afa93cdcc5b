import type Docker from 'dockerode';
import { createInterface } from 'node:readline';
import { engineError } from './engine-error.js';

/**
 * The name of the first of these containers that ends, or that does not run already. It is told by the engine's events, and asked once
 * after they were subscribed to, so that none is missed.
 * @throws NetclaimsError `cluster/engine-gone` when the engine goes itself
 */
export const containerEnd = async (
  docker: Docker,
  uri: string,
  containers: readonly string[],
  signal: AbortSignal,
): Promise<string> => {
  const done = new AbortController();
  try {
    const events = await docker.getEvents({
      filters: { type: ['container'], event: ['die', 'pause'], container: [...containers] },
      abortSignal: AbortSignal.any([signal, done.signal]),
    });
    const told = new Promise<string>((resolve, reject) => {
      const abort = () => reject(signal.reason as Error);
      if (signal.aborted) abort();
      signal.addEventListener('abort', abort, { once: true });
      createInterface({ input: events })
        .on('line', (line) => resolve(nameIn(line) ?? containers[0] ?? ''))
        // It passes on what breaks its input; nobody else may be listening any more.
        .on('error', reject);
      events.on('error', reject).on('close', () => reject(new Error('its events have ended')));
    });
    // Until the question below is answered nobody waits for it.
    told.catch(() => undefined);
    const states = await Promise.all(
      containers.map(async (name) => {
        const state = await docker
          .getContainer(name)
          .inspect({ abortSignal: signal })
          .catch(() => undefined);
        return state?.State.Running === true;
      }),
    );
    const stopped = containers.find((_, index) => states[index] === false);
    return stopped ?? (await told);
  } catch (error) {
    signal.throwIfAborted();
    throw engineError('tell of its containers', uri, error);
  } finally {
    done.abort();
  }
};

const nameIn = (line: string): string | undefined => {
  const event = JSON.parse(line) as { readonly Actor?: { readonly Attributes?: { readonly name?: string } } };
  return event.Actor?.Attributes?.name;
};
