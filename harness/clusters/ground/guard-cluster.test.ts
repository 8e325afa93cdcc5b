import { describe, expect, it } from '@jest/globals';
import type { Cluster, World } from '../../domain/cluster.js';
import { guardCluster } from './guard-cluster.js';
import { undescribedNetwork } from '../../domain/undescribed-network.js';
import { watchGround } from './watch-ground.js';

const never = new AbortController().signal;
const hangs = () => new Promise<never>(() => undefined);
const nothing = () => Promise.resolve();

const world: World = {
  namespace: 'w',
  apply: hangs,
  delete: hangs,
  pods: () => Promise.resolve([]),
  describe: hangs,
  exec: hangs,
  replayExec: () => 'kubectl exec',
  restart: hangs,
  changed: hangs,
  [Symbol.asyncDispose]: hangs,
};

const dispose = async (one: AsyncDisposable): Promise<void> => one[Symbol.asyncDispose]();

const clusterOf = (onDispose: () => void, onEnd: (namespace: string) => void): Omit<Cluster, 'ground'> => ({
  facts: {
    provider: 'kind',
    cni: 'ptp',
    kubernetes: 'v1',
    runtime: 'containerd',
    kernel: '6',
    network: undescribedNetwork,
    capabilities: [],
  },
  nodes: [{ name: 'c-worker', exec: hangs, replay: () => 'docker exec' }],
  refusals: () => [],
  supports: () => true,
  openWorld: (namespace) =>
    Promise.resolve({
      ...world,
      namespace,
      [Symbol.asyncDispose]: () => {
        onEnd(namespace);
        return hangs();
      },
    }),
  [Symbol.asyncDispose]: async () => {
    onDispose();
    await nothing();
  },
});

/** A guarded cluster, and what ends what it stands on. */
const guarded = (
  onEnd: (namespace: string) => void = () => undefined,
  onDispose: () => void = () => undefined,
) => {
  let end: (why: string) => void = () => undefined;
  let watched = true;
  let disposed = false;
  const ground = watchGround([
    {
      name: 'the container of node c-worker',
      look: () => Promise.resolve(undefined),
      ended: (signal) =>
        new Promise((resolve) => {
          end = resolve;
          signal.addEventListener('abort', () => (watched = false), { once: true });
        }),
    },
  ]);
  const cluster = guardCluster(
    clusterOf(() => {
      disposed = true;
      onDispose();
    }, onEnd),
    ground,
  );
  return {
    cluster,
    end: () => end('it is exited, exit code 137'),
    isDisposed: () => disposed,
    isWatched: () => watched,
  };
};

const isGone = {
  code: 'cluster/ground-lost',
  message: 'the container of node c-worker is lost: it is exited, exit code 137',
};

describe('guardCluster', () => {
  it('ends what is being done on the cluster when a node ends, and names the node', async () => {
    const { cluster, end } = guarded();
    const open = await cluster.openWorld('w');
    const work = [
      open.apply([], never),
      open.changed(1_000, never),
      dispose(open),
      ...cluster.nodes.map(async (node) => node.exec({ argv: ['true'], timeoutMs: 1_000 }, never)),
    ];
    end();
    for (const done of await Promise.allSettled(work)) {
      expect(done).toMatchObject({ status: 'rejected', reason: isGone });
    }
    await expect(cluster.openWorld('another')).rejects.toMatchObject(isGone);
  });

  it('passes on what goes well, and what a run is stopped by', async () => {
    const { cluster } = guarded();
    const open = await cluster.openWorld('w');
    expect(await open.pods(never)).toEqual([]);
    const reason = new Error('interrupted');
    await expect(open.apply([], AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('ends the worlds of a lost cluster all the same, for they are watched from here', async () => {
    const ended: string[] = [];
    const { cluster, end } = guarded((namespace) => ended.push(namespace));
    const open = await cluster.openWorld('w');
    end();
    await expect(open.apply([], never)).rejects.toMatchObject(isGone);
    await expect(dispose(open)).rejects.toMatchObject(isGone);
    expect(ended).toEqual(['w']);
  });

  it('says nothing more of a lost cluster when it is disposed of', async () => {
    const { cluster, end } = guarded(undefined, () => {
      throw new Error('connection refused');
    });
    const open = await cluster.openWorld('w');
    end();
    await expect(open.apply([], never)).rejects.toMatchObject(isGone);
    await expect(cluster[Symbol.asyncDispose]()).resolves.toBeUndefined();
  });

  it('stops to watch when it is disposed of', async () => {
    const { cluster, isDisposed, isWatched } = guarded();
    await cluster[Symbol.asyncDispose]();
    expect([isDisposed(), isWatched()]).toEqual([true, false]);
  });
});
