import { randomBytes } from 'node:crypto';
import type { Cluster } from '../../domain/cluster.js';
import type { ClusterOptions } from '../../domain/cluster-provider.js';
import { NetclaimsError } from '../../domain/error.js';
import { cleanup } from '../cleanup.js';
import { readArchive } from '../images/archive-references.js';
import { builtInImages, pauseImage } from '../images/builtin.js';
import type { ImageArchive } from '../images/image-archive.js';
import type { Machine } from '../machine.js';
import { unshared } from '../unshared.js';
import { bootPhases } from './boot/phases.js';
import { makeKubernetes } from './boot/make-kubernetes.js';
import { loadNodeContainer, nameTaken, startNode } from './boot/start-nodes.js';
import { connectCluster } from './connect-cluster.js';
import type { Engine } from './engine/engine.js';
import { kubeConfigFiles, outsideKubeConfig } from './kubeconfig.js';
import { anyName, checkName, networkName, nodeNames } from './names.js';
import { cniChoice } from './network/cni-choice.js';
import { uniqueLocalSubnet } from './network/ip-family.js';
import { publishRecord, type ClusterRecord } from './ownership/cluster-record.js';
import { kindLabels, labelsOf, type ClusterIdentity } from './ownership/labels.js';
import { thisOwner } from './ownership/owner.js';
import { removeCluster } from './ownership/remove-cluster.js';
import { sweepEngine } from './ownership/sweep.js';
import { provideNodeImage } from './requirements.js';
import { sessionLabel, watchOver } from './watch-over.js';

/** What is removed, is removed whatever was interrupted. */
const never = new AbortController().signal;

/**
 * Makes a Kubernetes cluster of containers. Disposing of it removes it, unless it was to be kept.
 * @throws NetclaimsError `cluster/…`, `image/…`, `usage/…`
 */
export const createCluster = async (
  options: ClusterOptions,
  machine: Machine,
  engine: Engine,
  signal: AbortSignal,
): Promise<Cluster> => {
  const { progress } = options;
  const name = options.name ?? anyName();
  checkName(name);
  const ipFamily = options.ipFamily ?? 'ipv4';
  const [cni, archives, image, owner] = await Promise.all([
    cniChoice(options.cni, options.nodes),
    archivesFor(options, machine, signal),
    provideNodeImage(engine, options.nodeImage, progress, signal),
    thisOwner(),
    loadNodeContainer(),
    refuseTakenName(engine, name, signal),
  ]);
  const identity: ClusterIdentity = { name, id: randomBytes(8).toString('hex'), owner };
  const held = options.life === 'held';
  const labels = { ...labelsOf(identity), ...(held ? { [sessionLabel]: identity.id } : {}) };
  const names = nodeNames(name, options.nodes);
  const files = kubeConfigFiles(machine.stateDir);
  const undo = cleanup();
  const phases = bootPhases(progress);
  try {
    if (held) {
      const ryuk = watchOver(engine, identity.id, machine.engine.ryuk, progress);
      undo.defer(() => ryuk[Symbol.asyncDispose]());
    }
    undo.defer(() => files.remove(name));
    const starting: Promise<void>[] = [];
    undo.defer(async () => {
      // A start ends when its container is gone; one that had not come to make it yet has to be removed after that.
      await removeCluster(engine, identity.id, never);
      await Promise.allSettled(starting);
      await removeCluster(engine, identity.id, never);
    });

    const network = networkName(name);
    await makeNetwork(engine, network, labels, ipFamily, signal);
    await phases.measure('nodes up', async () => {
      starting.push(
        ...names.map((node, index) =>
          startNode(
            {
              name: node,
              cluster: name,
              role: index === 0 ? 'control-plane' : 'worker',
              image,
              network,
              labels,
              ipv6: ipFamily !== 'ipv4',
              apiAddress: engine.host === '127.0.0.1' ? '127.0.0.1' : '0.0.0.0',
            },
            engine,
          ),
        ),
      );
      await orAborted(Promise.all(starting), signal);
    });

    const made = await makeKubernetes(
      { name, names, network, image, ipFamily, cni, archives, cniBinDir: options.cniBinDir },
      engine,
      phases,
      signal,
    );
    phases.total();

    const record: ClusterRecord = {
      name,
      id: identity.id,
      life: options.life,
      cni: made.cni,
      nodes: names,
      createdAt: new Date().toISOString(),
    };
    const kubeConfig = outsideKubeConfig(made.adminConf, name, made.server);
    await files.write(name, kubeConfig, held ? owner : undefined);
    const cluster = await connectCluster(
      record,
      kubeConfig,
      { engine, kubeconfig: files.pathOf(name), progress },
      signal,
    );
    undo.defer(() => cluster[Symbol.asyncDispose]());
    if (options.name !== undefined || !held) await publishRecord(engine, record, labels, signal);
    if (!held) return cluster;
    const disposable = { ...cluster, [Symbol.asyncDispose]: () => undo[Symbol.asyncDispose]() };
    if (options.name !== undefined) return disposable;
    return {
      ...unshared(disposable),
      replacement: async (stop) => {
        progress('making a cluster in place of this one, whose nodes a world changed');
        const other = await createCluster(options, machine, engine, stop);
        undo.defer(() => other[Symbol.asyncDispose]());
        return other;
      },
    };
  } catch (error) {
    await undo[Symbol.asyncDispose]();
    throw error;
  }
};

/** Containers have unique names, so this only spares making what would then be refused. */
const refuseTakenName = async (engine: Engine, name: string, signal: AbortSignal): Promise<void> => {
  const taken = async () =>
    (await engine.list('container', `${kindLabels.cluster}=${name}`, signal)).length > 0;
  if (!(await taken())) return;
  // It may be what a run left that was killed.
  await sweepEngine(engine, await thisOwner(), signal);
  if (await taken()) throw nameTaken(name);
};

const makeNetwork = async (
  engine: Engine,
  name: string,
  labels: Readonly<Record<string, string>>,
  ipFamily: 'ipv4' | 'ipv6' | 'dual',
  signal: AbortSignal,
): Promise<void> => {
  try {
    await engine.createNetwork(
      { name, labels, ...(ipFamily === 'ipv4' ? {} : { ipv6Subnet: uniqueLocalSubnet(name) }) },
      signal,
    );
  } catch (cause) {
    if (ipFamily === 'ipv4' || !(cause instanceof NetclaimsError)) throw cause;
    throw new NetclaimsError({
      code: 'cluster/no-ipv6',
      what: 'the container engine makes no network with IPv6',
      evidence: cause.evidence,
      remedy:
        'use --ip-family ipv4, or switch IPv6 on for the engine and its machine (`sysctl net.ipv6.conf.all.disable_ipv6=0`)',
      cause,
    });
  }
};

/** The images that every node has. A loaded image replaces a built-in one of its name; the sandboxes' is the node image's own. */
const archivesFor = async (
  { load, progress }: ClusterOptions,
  { cacheDir }: Machine,
  signal: AbortSignal,
): Promise<readonly ImageArchive[]> => {
  const [builtIn, loaded] = await Promise.all([
    builtInImages({ cacheDir, progress }, signal),
    Promise.all(load.map((file) => readArchive(file, signal))),
  ]);
  const names = new Set([pauseImage, ...loaded.flatMap(({ references }) => references)]);
  return [...builtIn.filter(({ references }) => !references.every((one) => names.has(one))), ...loaded];
};

const orAborted = async <T>(work: Promise<T>, signal: AbortSignal): Promise<T> => {
  signal.throwIfAborted();
  return Promise.race([
    work,
    new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    }),
  ]);
};
