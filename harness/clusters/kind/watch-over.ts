import { deadline } from '../../domain/deadline.js';
import { wordsOf } from '../../domain/error.js';
import type { Engine } from './engine/engine.js';

/** The label by which Ryuk removes what belongs to a session of testcontainers. */
export const sessionLabel = 'org.testcontainers.session-id';

const pullMs = 60_000;

/**
 * Has Ryuk remove everything with this session's label when this process ends, however it ends. It comes up beside the cluster, and where
 * it cannot be had, the next run sweeps. Disposing of it lets Ryuk go.
 */
export const watchOver = (
  engine: Engine,
  session: string,
  ryuk: string | undefined,
  progress: (phase: string) => void,
): AsyncDisposable => {
  const ended = new AbortController();
  const watching = ryuk === undefined ? Promise.resolve() : startRyuk(engine, session, ryuk, ended.signal);
  const told = watching.catch((error: unknown) => {
    if (ended.signal.aborted) return;
    const why = wordsOf(error);
    progress(`without Ryuk (${why}): what a killed run leaves, the next one removes`);
  });
  return {
    async [Symbol.asyncDispose]() {
      ended.abort();
      await told;
    },
  };
};

const startRyuk = async (
  engine: Engine,
  session: string,
  image: string,
  signal: AbortSignal,
): Promise<void> => {
  if (!(await engine.hasImage(image, signal))) {
    await engine.pullImage(image, deadline(pullMs, signal));
  }
  const { getContainerRuntimeClient, getReaper } = await import('testcontainers');
  signal.throwIfAborted();
  const reaper = await getReaper(await getContainerRuntimeClient());
  reaper.addSession(session);
};
