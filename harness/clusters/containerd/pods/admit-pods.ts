import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { NetclaimsError } from '../../../domain/error.js';
import type { Manifest } from '../../../domain/manifest.js';
import { formatProblem } from '../../../domain/problem.js';
import type { Changes } from '../../changes.js';
import type { PodTools } from './pod-actions.js';
import type { NodeIdentity } from './pod-identity.js';
import { placeOf, readPod, type PodManifest } from './pod-manifest.js';
import type { PodAbilities } from './pod-rules.js';
import { runPod, type PodRunner } from './pod-runner.js';
import { isPod, podRefusals } from './refusals.js';

export interface Admission {
  readonly namespace: string;
  readonly identity: NodeIdentity;
  readonly abilities: PodAbilities;
  /** By name; those that are admitted are added. */
  readonly pods: Map<string, PodRunner>;
  readonly tools: PodTools;
  readonly changes: Changes;
  readonly lost: AbortSignal;
}

/**
 * Begins to run the pods of manifests, none of them when anything in any of them is refused. One that runs already, from the same
 * manifest, goes on.
 * @throws NetclaimsError `pod/refused`, `pod/exists`, `pod/no-node`
 */
export const admitPods = (manifests: readonly Manifest[], admission: Admission): readonly PodRunner[] => {
  const { namespace, identity: node, pods, tools, changes, lost } = admission;
  refuse(manifests, admission.abilities);
  const wanted = manifests.map(readPod);
  for (const [index, pod] of wanted.entries()) {
    const running =
      pods.get(pod.name)?.identity.pod ?? wanted.slice(0, index).find(({ name }) => name === pod.name);
    if (running !== undefined && !isDeepStrictEqual(running.manifest.object, pod.manifest.object)) {
      throw taken(pod, running);
    }
    if (pod.spec.nodeName !== undefined && pod.spec.nodeName !== node.name) throw noNode(pod, node.name);
  }
  return wanted.map((pod) => {
    const running = pods.get(pod.name);
    if (running !== undefined) return running;
    const runner = runPod({ pod, namespace, uid: randomUUID(), node }, tools, changes, lost);
    pods.set(pod.name, runner);
    return runner;
  });
};

const refuse = (manifests: readonly Manifest[], abilities: PodAbilities): void => {
  const problems = manifests.flatMap((manifest) => {
    if (isPod(manifest)) return podRefusals(manifest, abilities);
    const message = `this cluster has no ${manifest.kind}, only pods (v1 Pod)`;
    return [{ file: manifest.file, ...manifest.position([]), message, severity: 'error' as const }];
  });
  if (problems.length === 0) return;
  throw new NetclaimsError({
    code: 'pod/refused',
    what: 'the manifests ask for what this cluster cannot do',
    evidence: problems.map(formatProblem),
    remedy:
      'leave it out, or run the scenario on a cluster with Kubernetes (--cluster kind, --cluster kubeconfig)',
  });
};

const taken = (pod: PodManifest, running: PodManifest): NetclaimsError =>
  new NetclaimsError({
    code: 'pod/exists',
    what: `${placeOf(pod)} there is a pod ${pod.name} already, with another specification`,
    evidence: [`the other one: ${placeOf(running)}`],
    remedy: 'delete it first, or give this one another name: a running pod cannot be changed',
  });

const noNode = (pod: PodManifest, node: string): NetclaimsError =>
  new NetclaimsError({
    code: 'pod/no-node',
    what: `${placeOf(pod)} pod ${pod.name} wants to run on node ${pod.spec.nodeName ?? ''}, which there is none of`,
    evidence: [`nodes of the cluster: ${node}`],
    remedy: 'leave out `nodeName`',
  });
