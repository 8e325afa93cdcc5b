import type { Cluster } from '../../domain/cluster.js';
import type { ClusterProvider, Refusal } from '../../domain/cluster-provider.js';
import { deadline } from '../../domain/deadline.js';
import { NetclaimsError } from '../../domain/error.js';
import type { Machine } from '../machine.js';
import { requireOwnState } from '../state-folder.js';
import { runOnNode } from './boot/run-on-node.js';
import type { Engine } from './engine/engine.js';
import { gone } from './engine/exec.js';
import { serverOf } from './engine/server-of.js';
import { kubeConfigFiles, outsideKubeConfig } from './kubeconfig.js';
import { dockerNode } from './node/docker-node.js';
import { allRecords, type ClusterRecord } from './ownership/cluster-record.js';
import { ownerState, thisOwner, type Owner } from './ownership/owner.js';
import { removeCluster } from './ownership/remove-cluster.js';
import { sweepEngine } from './ownership/sweep.js';
import { asRefusal, connectEngine, defaultNodeImage, presentNodeImage } from './requirements.js';

/** Each request to the engine has a deadline of its own. */
const never = new AbortController().signal;
const housekeepingMs = 180_000;

/** Real Kubernetes: nodes are containers of a Docker engine. What is known of its clusters is kept in the engine. */
export const kindProvider = (machine: Machine): ClusterProvider => {
  const files = kubeConfigFiles(machine.stateDir);
  let connecting: Promise<Engine> | undefined;
  const connect = (): Promise<Engine> => (connecting ??= connectEngine(machine.engine, never));

  /** The engine, or undefined where there is none: then there are no clusters either. */
  const engineIfAny = (): Promise<Engine | undefined> =>
    connect().catch((error: unknown) => {
      if (error instanceof NetclaimsError) return undefined;
      throw error;
    });

  const recordOf = async (engine: Engine, name: string, signal: AbortSignal) =>
    (await allRecords(engine, signal)).find((record) => record.name === name);

  return {
    name: 'kind',

    async refusal(): Promise<Refusal | undefined> {
      try {
        await connect();
        return undefined;
      } catch (error) {
        return asRefusal(error);
      }
    },

    async reluctance({ nodeImage }): Promise<Refusal | undefined> {
      // Who names an image wants its cluster, and is told if it cannot be had.
      if (nodeImage !== undefined) return undefined;
      const present = await presentNodeImage(await connect(), undefined, never);
      if (present !== undefined) return undefined;
      return {
        reason: 'the engine has no node image, and `auto` fetches none',
        remedy: `\`--cluster kind\` fetches it (\`docker pull ${defaultNodeImage}\`), \`make node-image\` makes one`,
      };
    },

    // What makes and reaches its clusters is loaded only for one: testcontainers and the client of Kubernetes take a second.
    async create(options, signal) {
      await requireOwnState(machine.stateDir);
      const [engine, { createCluster }] = await Promise.all([connect(), import('./create-cluster.js')]);
      return createCluster(options, machine, engine, signal);
    },

    async attach(name, progress, signal): Promise<Cluster | undefined> {
      const engine = await engineIfAny();
      const record = engine === undefined ? undefined : await recordOf(engine, name, signal);
      if (engine === undefined || record === undefined) return undefined;
      const [kubeConfig, { connectCluster }] = await Promise.all([
        kubeConfigOf(record, engine, signal),
        import('./connect-cluster.js'),
      ]);
      const owner = record.life === 'held' ? await thisOwner() : undefined;
      const kubeconfig =
        owner === undefined ? await files.write(name, kubeConfig, owner) : files.pathOf(name);
      return connectCluster(record, kubeConfig, { engine, kubeconfig, progress }, signal);
    },

    async list() {
      const engine = await engineIfAny();
      const records = engine === undefined ? [] : await allRecords(engine, deadline(housekeepingMs));
      return records.flatMap((record) =>
        engine === undefined || record.life === 'held'
          ? []
          : [
              {
                name: record.name,
                provider: 'kind' as const,
                cni: record.cni,
                nodes: record.nodes,
                createdAt: record.createdAt,
                enter: dockerNode(engine, record.nodes[0] ?? '').replay({ argv: ['bash'] }),
              },
            ],
      );
    },

    async remove(name) {
      const engine = await engineIfAny();
      const signal = deadline(housekeepingMs);
      const record = engine === undefined ? undefined : await recordOf(engine, name, signal);
      if (engine === undefined || record === undefined) return false;
      await removeCluster(engine, record.id, signal);
      await files.remove(name);
      return true;
    },

    async sweep() {
      const [engine, self] = await Promise.all([engineIfAny(), thisOwner()]);
      const stateOf = (owner: Owner) => ownerState(owner, self);
      if (engine !== undefined) await sweepEngine(engine, self, deadline(housekeepingMs));
      await files.sweep(stateOf);
    },
  };
};

/** The way to a cluster's API server now: after a start of the machine its port is another. */
const kubeConfigOf = async (
  { name, nodes }: ClusterRecord,
  engine: Engine,
  signal: AbortSignal,
): Promise<string> => {
  const [controlPlane = ''] = nodes;
  const state = await engine.inspect(controlPlane, signal);
  if (state?.running !== true) throw gone(controlPlane, [state?.status ?? 'there is no such container']);
  const adminConf = await runOnNode(engine)(
    { name: controlPlane },
    { purpose: 'show the way to its API server', argv: ['cat', '/etc/kubernetes/admin.conf'] },
    signal,
  );
  return outsideKubeConfig(adminConf, name, serverOf(state, engine));
};
