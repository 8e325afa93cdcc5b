import type { Cluster } from '../../domain/cluster.js';
import type { Manifest } from '../../domain/manifest.js';
import type { Problem } from '../../domain/problem.js';
import { cleanup } from '../cleanup.js';
import { guardCluster } from '../ground/guard-cluster.js';
import { watchGround } from '../ground/watch-ground.js';
import { accessOf } from './api/access.js';
import { apiClient } from './api/api-client.js';
import { callerOf, explain } from './api/explain.js';
import { discover, type Resources } from './api/resources.js';
import { apiFooting } from './api-footing.js';
import { detectCapabilities } from './capabilities.js';
import { readClusterFacts } from './cluster-facts.js';
import type { KubernetesConnection } from './connection.js';
import { readKubeConfig } from './kube-config.js';
import type { KubernetesApi } from './kubernetes-api.js';
import { holdings } from './ownership/holdings.js';
import { leaseLock } from './ownership/lease-lock.js';
import { awaitSettled } from './readiness/settled.js';
import { runtimeReader } from './runtime/read-runtime.js';
import { openWorld } from './world.js';

/**
 * What every Kubernetes cluster offers, given a way to its API and its nodes. What killed runs left in it is removed. Disposing of it ends the
 * connection; the cluster and the nodes are their makers' to end, and a world that was not closed is there to be looked at.
 * @throws NetclaimsError `cluster/api-…`, `cluster/unauthorized`, `cluster/expired`, `cluster/forbidden`
 */
export const connectKubernetes = async (
  connection: KubernetesConnection,
  signal: AbortSignal,
): Promise<Cluster> => {
  const kubeConfig = await readKubeConfig(connection.kubeConfig);
  const {
    provider,
    cni,
    nodes,
    images,
    progress,
    kubectl = ['kubectl'],
    probeImage = 'busybox',
  } = connection;
  const undo = cleanup();
  try {
    const client = apiClient(accessOf(kubeConfig));
    undo.defer(() => client[Symbol.dispose]());
    const { cert } = await client.access.options(signal);
    const caller = callerOf(kubeConfig, Buffer.isBuffer(cert) ? cert.toString('utf8') : undefined);
    const basics = { client, explain: (error: unknown, doing: string) => explain(error, doing, caller) };
    const access = { nodes, runtime: runtimeReader() };
    const held = await holdings(basics, access);
    undo.defer(() => held[Symbol.asyncDispose]());
    const resources = await discover(client, signal).catch((error: unknown) => {
      throw explain(error, 'asking what kinds it has', caller);
    });
    const api: KubernetesApi = { ...basics, resources };
    const facts = await readClusterFacts(api, { provider, cni, nodes }, signal);
    const swept = held.sweep(signal).catch((error: unknown) => {
      progress(
        `what an earlier run left could not be removed: ${error instanceof Error ? error.message : ''}`,
      );
    });
    undo.defer(() => swept);
    undo.defer(async () => {
      const names = await held.keep();
      if (names.length > 0)
        progress(`kept: \`kubectl delete namespace ${names.join(' ')}\` removes what is left`);
    });

    const open = (namespace: string) =>
      openWorld({ api, access, holdings: held, images, kubectl }, namespace);
    const cluster = {
      facts,
      nodes,
      refusals: (manifest: Manifest) => refusals(manifest, resources),
      supports: ({ kind, object }: Manifest) => {
        const apiVersion = String(object.apiVersion);
        // What could not be read may be there; applying it will tell.
        return resources.find(apiVersion, kind) !== undefined || resources.unread.has(apiVersion);
      },
      openWorld: open,
      lock: leaseLock(basics),
      settled: (whenAborted: AbortSignal) => awaitSettled(basics, whenAborted),
      detect: (wanted: readonly string[], whenAborted: AbortSignal) =>
        detectCapabilities(facts, wanted, { api, nodes, open, image: probeImage, progress }, whenAborted),
      [Symbol.asyncDispose]: () => undo[Symbol.asyncDispose](),
    };
    return guardCluster(cluster, watchGround([...connection.footings, apiFooting(api)]));
  } catch (error) {
    await undo[Symbol.asyncDispose]();
    throw error;
  }
};

/** What is in no namespace is everybody's: a world could neither have it for itself nor leave it behind. */
const refusals = (manifest: Manifest, resources: Resources): readonly Problem[] => {
  const { kind, file, object } = manifest;
  const resource = resources.find(String(object.apiVersion), kind);
  if (resource?.namespaced !== false) return [];
  return [
    {
      file,
      ...manifest.position(['kind']),
      message: `a ${kind} is in no namespace, so that a scenario cannot have one of its own: apply it beforehand`,
      severity: 'error',
    },
  ];
};
