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

/** What pods of one node are run with. */
export interface Admission {
  readonly namespace: string;
  readonly identity: NodeIdentity;
  /** By name; those that are admitted are added. */
  readonly pods: Map<string, PodRunner>;
  readonly tools: PodTools;
  readonly changes: Changes;
  readonly lost: AbortSignal;
}

/**
 * Reads the pods of manifests that a world is to have, each once: all of them, or none when anything in any of them is refused.
 * @param running the world's pods, of which one from the same manifest goes on
 * @throws NetclaimsError `pod/refused`, `pod/exists`
 */
export const readPods = (
  manifests: readonly Manifest[],
  running: readonly PodManifest[],
  abilities: PodAbilities,
): readonly PodManifest[] => {
  refuse(manifests, abilities);
  const wanted = new Map<string, PodManifest>();
  for (const pod of manifests.map(readPod)) {
    const other = running.find(({ name }) => name === pod.name) ?? wanted.get(pod.name);
    if (other !== undefined && !isDeepStrictEqual(other.manifest.object, pod.manifest.object)) {
      throw taken(pod, other);
    }
    wanted.set(pod.name, other ?? pod);
  }
  return [...wanted.values()];
};

/** Begins to run those pods on a node that do not run there yet. */
export const admitPods = (wanted: readonly PodManifest[], admission: Admission): readonly PodRunner[] => {
  const { namespace, identity: node, pods, tools, changes, lost } = admission;
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
