import { describe, expect, it } from '@jest/globals';
import type { Capabilities } from '../domain/capabilities.js';
import type { Cluster } from '../domain/cluster.js';
import { NetclaimsError } from '../domain/error.js';
import type { Problem } from '../domain/problem.js';
import { fakeCluster } from '../run/testing/fake-cluster.js';
import { runSession } from './run-session.js';

const problem: Problem = { file: 'a.yaml', line: 1, column: 2, message: 'no', severity: 'error' };
const { signal } = new AbortController();

/** Runs a session and records the order of its stages. */
const run = async (
  parts: {
    readonly open?: () => Promise<Cluster>;
    readonly detect?: () => Promise<Capabilities>;
    readonly refused?: readonly Problem[];
    readonly work?: () => Promise<string>;
    readonly dispose?: () => Promise<void>;
    readonly cleanUpMs?: number;
  } = {},
) => {
  const stages: string[] = [];
  const cluster: Cluster = {
    ...fakeCluster(),
    detect: (wanted) => {
      stages.push(`detect ${wanted.join(', ')}`);
      return parts.detect?.() ?? Promise.resolve({ has: [], untested: new Map() });
    },
    [Symbol.asyncDispose]: () => {
      stages.push('dispose');
      return parts.dispose?.() ?? Promise.resolve();
    },
  };
  const end = await runSession(
    () => {
      stages.push('open');
      return parts.open?.() ?? Promise.resolve(cluster);
    },
    {
      capabilities: ['veth', 'veth', 'dns'],
      lock: { wait: true, onWait: () => undefined },
      refusals: () => {
        stages.push('refusals');
        return parts.refused ?? [];
      },
      run: () => {
        stages.push('run');
        return parts.work?.() ?? Promise.resolve('done');
      },
    },
    () => undefined,
    signal,
    parts.cleanUpMs,
  );
  return { ...end, stages };
};

const all = ['open', 'detect veth, dns', 'refusals', 'run', 'dispose'];
const error = new NetclaimsError({ code: 'cluster/no-node', what: 'no node' });

describe('a session', () => {
  it('opens, detects each capability once, asks for refusals, runs and disposes', async () => {
    expect(await run()).toEqual({ outcome: { kind: 'ran', result: 'done' }, cleanUp: [], stages: all });
  });

  it('fails without a cluster, and has nothing to dispose of', async () => {
    const open = () => Promise.reject(error);
    expect(await run({ open })).toEqual({
      outcome: { kind: 'failed', error },
      cleanUp: [],
      stages: ['open'],
    });
  });

  it('disposes of a cluster whose capabilities cannot be detected', async () => {
    const end = await run({ detect: () => Promise.reject(error) });
    expect(end.outcome).toEqual({ kind: 'failed', error });
    expect(end.stages).toEqual(['open', 'detect veth, dns', 'dispose']);
  });

  it('runs nothing that the cluster refuses', async () => {
    const end = await run({ refused: [problem] });
    expect(end.outcome).toEqual({ kind: 'refused', problems: [problem] });
    expect(end.stages).toEqual(all.filter((stage) => stage !== 'run'));
  });

  it('disposes after work that throws, and reports both failures', async () => {
    const busy = new Error('busy');
    const end = await run({ work: () => Promise.reject(error), dispose: () => Promise.reject(busy) });
    expect(end).toEqual({ outcome: { kind: 'failed', error }, cleanUp: [busy], stages: all });
  });

  it('keeps its result when the clean-up fails in several parts', async () => {
    const parts = [new Error('one'), new Error('two')];
    const end = await run({ dispose: () => Promise.reject(new AggregateError(parts, 'several')) });
    expect(end).toMatchObject({ outcome: { kind: 'ran', result: 'done' }, cleanUp: parts });
  });

  it('does not wait for ever for a clean-up that hangs', async () => {
    const end = await run({ dispose: () => new Promise(() => undefined), cleanUpMs: 10 });
    expect(end.outcome).toEqual({ kind: 'ran', result: 'done' });
    expect(end.cleanUp).toMatchObject([{ code: 'cluster/cleanup' }]);
  });
});
