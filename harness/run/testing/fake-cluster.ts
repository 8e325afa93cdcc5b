import type { Cluster, Command, CommandResult, Node, World } from '../../domain/cluster.js';
import { NetclaimsError } from '../../domain/error.js';
import { firmGround, type Ground } from '../../domain/ground.js';
import type { Manifest } from '../../domain/manifest.js';
import type { PodRecord } from '../../domain/pod-record.js';
import type { Problem } from '../../domain/problem.js';
import { undescribedNetwork } from '../../domain/undescribed-network.js';

/** A cluster in memory, for tests of the loop: pods are records, a kill ends a process, and every change is told as it happens. */
export interface FakeCluster extends Cluster {
  /** What was asked of it, in order: `open NS`, `apply NS POD …`, `exec NS POD/CONTAINER ARGV`, `node NODE [NETNS] ARGV`, `close NS`. */
  readonly calls: readonly string[];
  /** The namespaces that are open. */
  readonly open: readonly string[];
  /** Changes the pods of every open world and tells of it. */
  change(change: (pod: PodRecord) => PodRecord): void;
}

/** What a test puts in the place of a call; it gets the call as `calls` has it, and a result of undefined leaves the call as it is. */
export type Intercept = (call: string, signal: AbortSignal | undefined) => Promise<CommandResult | undefined>;

export interface FakeOptions {
  readonly intercept?: Intercept;
  readonly capabilities?: readonly string[];
  readonly ground?: Ground;
  readonly kinds?: readonly string[];
  /** A killed process stays on record until the test ends it with `change`. */
  readonly slowToNotice?: boolean;
  readonly refusals?: (manifest: Manifest) => readonly Problem[];
  /** A clone of it; without it there can be none. */
  readonly clone?: Cluster['clone'];
  /** One in its place; without it there can be none. */
  readonly replacement?: Cluster['replacement'];
  readonly lock?: Cluster['lock'];
}

/** A promise that is rejected when the signal is aborted, and never settled otherwise. */
export const hang = (signal: AbortSignal | undefined): Promise<never> =>
  new Promise((_, reject) => {
    const fail = () => reject(signal?.reason as Error);
    if (signal?.aborted === true) fail();
    signal?.addEventListener('abort', fail, { once: true });
  });

/** Variables as `calls` has them. */
const words = (env: Command['env']): readonly string[] =>
  Object.entries(env ?? {}).map(([name, value]) => `${name}=${value}`);

const answer: CommandResult = { exitCode: 0, stdout: '', stderr: '' };

export const fakeCluster = (options: FakeOptions = {}): FakeCluster => {
  const calls: string[] = [];
  const worlds = new Map<string, FakeWorld>();
  const call = async (text: string, signal?: AbortSignal): Promise<CommandResult> => {
    calls.push(text);
    signal?.throwIfAborted();
    const intercepted = await options.intercept?.(text, signal);
    signal?.throwIfAborted();
    return intercepted ?? answer;
  };
  const change = (changeOne: (pod: PodRecord) => PodRecord) => {
    for (const world of worlds.values()) world.change(changeOne);
  };
  const node: Node = {
    name: 'node-1',
    exec: async ({ argv, env, netns }, signal) => {
      const result = await call(
        ['node', 'node-1', ...(netns === undefined ? [] : [netns]), ...words(env), ...argv].join(' '),
        signal,
      );
      if (argv[0] === 'kill' && result.exitCode === 0 && options.slowToNotice !== true)
        change(withoutProcess(Number(argv[2])));
      return result;
    },
    replay: ({ argv, netns }) => `on node-1: ${netns === undefined ? '' : `in ${netns}: `}${argv.join(' ')}`,
  };
  return {
    calls,
    get open() {
      return [...worlds.keys()];
    },
    change,
    ground: options.ground ?? firmGround,
    nodes: [node],
    facts: {
      provider: 'containerd',
      cni: 'bridge',
      network: undescribedNetwork,
      kubernetes: '',
      runtime: 'fake 1',
      kernel: '6.18',
      capabilities: options.capabilities ?? [],
    },
    refusals: options.refusals ?? (() => []),
    supports: ({ kind }) => (options.kinds ?? ['Pod']).includes(kind),
    reconfigure: async (change, signal) => {
      await call(`reconfigure ${JSON.stringify(change)}`, signal);
      return {
        [Symbol.asyncDispose]: async () => {
          await call('put the network back');
        },
      };
    },
    ...(options.clone === undefined ? {} : { clone: options.clone }),
    ...(options.replacement === undefined ? {} : { replacement: options.replacement }),
    ...(options.lock === undefined ? {} : { lock: options.lock }),
    openWorld: async (namespace) => {
      await call(`open ${namespace}`);
      const world = fakeWorld(namespace, call, () => worlds.delete(namespace));
      worlds.set(namespace, world);
      return world;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
};

interface FakeWorld extends World {
  change(change: (pod: PodRecord) => PodRecord): void;
}

const fakeWorld = (
  namespace: string,
  call: (text: string, signal?: AbortSignal) => Promise<CommandResult>,
  closed: () => void,
): FakeWorld => {
  let pods: readonly PodRecord[] = [];
  let listeners: (() => void)[] = [];
  let pids = 100;
  const set = (next: readonly PodRecord[]) => {
    pods = next;
    const told = listeners;
    listeners = [];
    for (const listener of told) listener();
  };
  return {
    namespace,
    change: (changeOne) => set(pods.map(changeOne)),
    apply: async (manifests, signal) => {
      await call(['apply', namespace, ...manifests.map(({ name }) => name)].join(' '), signal);
      set([...pods, ...manifests.map((manifest) => podOf(manifest, namespace, () => (pids += 1)))]);
    },
    delete: async ({ kind, name }, signal) => {
      await call(`delete ${namespace} ${kind} ${name}`, signal);
      set(pods.filter((pod) => pod.name !== name));
    },
    pods: async (signal) => {
      await call(`pods ${namespace}`, signal);
      return pods;
    },
    describe: async (signal) => {
      const { stdout } = await call(`describe ${namespace}`, signal);
      return [{ name: 'status', content: stdout, keep: 'beginning' }];
    },
    exec: ({ pod, container }, { argv, env }, signal) =>
      call(['exec', namespace, `${pod}/${container}`, ...words(env), ...argv].join(' '), signal),
    replayExec: ({ pod, container }, argv) => `in ${pod}/${container}: ${argv.join(' ')}`,
    restart: async ({ pod, container }, signal) => {
      await call(`restart ${namespace} ${pod}/${container}`, signal);
      set(pods.map((one) => (one.name === pod ? restarted(one, container, (pids += 1)) : one)));
    },
    changed: (atMostMs, signal) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(resolve, atMostMs);
        listeners.push(() => {
          clearTimeout(timer);
          resolve();
        });
        const fail = () => {
          clearTimeout(timer);
          reject(signal.reason as Error);
        };
        if (signal.aborted) fail();
        signal.addEventListener('abort', fail, { once: true });
      }),
    [Symbol.asyncDispose]: async () => {
      await call(`close ${namespace}`);
      closed();
    },
  };
};

const podOf = (manifest: Manifest, namespace: string, newPid: () => number): PodRecord => {
  const spec = manifest.object.spec as { readonly containers: readonly { readonly name: string }[] };
  return {
    name: manifest.name,
    namespace,
    uid: `uid-${newPid()}`,
    node: 'node-1',
    phase: 'Running',
    trouble: '',
    hostNetwork: false,
    ips: ['10.0.0.2'],
    netnsPath: `/netns/${manifest.name}`,
    sandbox: { id: `sandbox-${manifest.name}`, pid: newPid(), image: 'pause', ready: true },
    containers: spec.containers.map(({ name }) => ({
      name,
      id: `container-${name}`,
      pid: newPid(),
      image: 'busybox',
      restarts: 0,
      state: 'running',
    })),
    cni: { network: 'bridge', result: {} },
  };
};

/** The pod once the runtime has noticed that a process ended. */
export const withoutProcess =
  (pid: number) =>
  (pod: PodRecord): PodRecord => ({
    ...pod,
    sandbox: pod.sandbox.pid === pid ? { ...pod.sandbox, ready: false } : pod.sandbox,
    containers: pod.containers.map((one) => (one.pid === pid ? { ...one, pid: -1, state: 'exited' } : one)),
  });

const restarted = (pod: PodRecord, container: string, pid: number): PodRecord => ({
  ...pod,
  containers: pod.containers.map((one) =>
    one.name === container ? { ...one, pid, restarts: one.restarts + 1, state: 'running' } : one,
  ),
});

/** A ground that is lost once a test says so; as in life, only a check or a moment shows it. */
export const fakeGround = () => {
  const lost = new AbortController();
  let why: NetclaimsError | undefined;
  const ground: Ground = {
    lost: lost.signal,
    check: () => {
      if (why !== undefined) lost.abort(why);
      return why === undefined ? Promise.resolve() : Promise.reject(why);
    },
  };
  return {
    ground,
    /** What it stands on ends; nobody has noticed. */
    end: () => {
      why = new NetclaimsError({
        code: 'cluster/ground-lost',
        what: 'the router is lost: it has ended',
        remedy: 'run it again',
      });
      return why;
    },
    /** The end is noticed. */
    notice: () => lost.abort(why),
  };
};

/** The error of a call on a cluster that is no more. */
export const clusterLost = (): NetclaimsError =>
  new NetclaimsError({
    code: 'cluster/cri-lost',
    what: 'containerd does not answer',
    remedy: 'run it again',
  });
