import type { ClusterOptions, ClusterProvider, KeptCluster, Refusal } from '../../domain/cluster-provider.js';
import type { Cluster } from '../../domain/cluster.js';
import { fakeCluster } from '../../run/testing/fake-cluster.js';

/** A provider that records its calls. */
export interface FakeProvider extends ClusterProvider {
  /** What was asked of it, in order: `create LIFE NAME`, `attach NAME`, `remove NAME`, `sweep`, `close`. */
  readonly calls: readonly string[];
  /** The options of the last cluster that was made. */
  readonly options: () => ClusterOptions | undefined;
}

export interface ProviderParts {
  readonly name?: ClusterProvider['name'];
  readonly refusal?: Refusal;
  /** The names of clusters that are kept. */
  readonly kept?: readonly string[];
  /** What is made or attached to. */
  readonly cluster?: Cluster;
  /** Making a cluster fails with this. */
  readonly failure?: Error;
  /** What sweeping does besides being noted. */
  readonly sweep?: () => Promise<void>;
  /** Removing the cluster fails with this. */
  readonly stuck?: Error;
}

/** A provider whose clusters are in memory. */
export const fakeProvider = (parts: ProviderParts = {}): FakeProvider => {
  const { name = 'containerd', cluster = fakeCluster() } = parts;
  const calls: string[] = [];
  const kept = new Set(parts.kept ?? []);
  let last: ClusterOptions | undefined;
  const close = () => {
    calls.push('close');
    return parts.stuck === undefined ? Promise.resolve() : Promise.reject(parts.stuck);
  };
  const opened: Cluster = { ...cluster, [Symbol.asyncDispose]: close };
  const listed = (own: string): KeptCluster => ({
    name: own,
    provider: name,
    cni: 'bridge',
    nodes: ['node-1'],
    createdAt: '2026-01-01T00:00:00.000Z',
    enter: 'nsenter',
  });
  return {
    calls,
    options: () => last,
    name,
    refusal: () => Promise.resolve(parts.refusal),
    create(options) {
      last = options;
      calls.push(['create', options.life, ...(options.name === undefined ? [] : [options.name])].join(' '));
      if (parts.failure !== undefined) return Promise.reject(parts.failure);
      if (options.life === 'kept' && options.name !== undefined) kept.add(options.name);
      return Promise.resolve(opened);
    },
    attach(own) {
      calls.push(`attach ${own}`);
      return Promise.resolve(kept.has(own) ? opened : undefined);
    },
    list: () => Promise.resolve([...kept].map(listed)),
    remove(own) {
      calls.push(`remove ${own}`);
      return Promise.resolve(kept.delete(own));
    },
    sweep() {
      calls.push('sweep');
      return parts.sweep?.() ?? Promise.resolve();
    },
  };
};
