import process from 'node:process';
import { describeError } from '../domain/error.js';
import type { RunCluster } from './run-cluster.js';
import { tellCluster } from './told-cluster.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Jest's set-up and teardown share it through this module. */
let current: AsyncDisposable | undefined;

/**
 * Makes the cluster of this process' run, and tells the workers of it, or why there is none: each scenario says so, beside what is wrong in
 * its file. A signal that ends Jest removes the cluster first, as Jest itself knows no teardown then.
 */
export const beginRun = async (make: (signal: AbortSignal) => Promise<RunCluster>): Promise<void> => {
  const stop = new AbortController();
  const making = make(stop.signal);
  const end = async () => {
    for (const [name, listener] of listeners) process.removeListener(name, listener);
    stop.abort();
    tellCluster(process.env, undefined);
    const cluster = await making.catch(() => undefined);
    await cluster?.[Symbol.asyncDispose]();
  };
  const listeners = signals.map((name) => {
    const listener = () => void end().finally(() => process.kill(process.pid, name));
    return [name, listener] as const;
  });
  for (const [name, listener] of listeners) process.once(name, listener);
  current = { [Symbol.asyncDispose]: end };
  const told = await making.then(
    (cluster) => cluster.told,
    (error: unknown) => ({ trouble: describeError(error) }),
  );
  if (!stop.signal.aborted) tellCluster(process.env, told);
};

/** Removes the cluster of this process' run. */
export const endRun = async (): Promise<void> => {
  await current?.[Symbol.asyncDispose]();
  current = undefined;
};
