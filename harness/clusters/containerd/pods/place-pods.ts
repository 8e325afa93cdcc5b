import { NetclaimsError } from '../../../domain/error.js';
import { placeOf, type PodManifest } from './pod-manifest.js';

/** A pod that has a node. */
export interface PlacedPod {
  readonly pod: PodManifest;
  readonly node: string;
}

/**
 * Chooses nodes as Kubernetes' scheduler does, as far as what the manifests may say goes: `nodeName`, the node selector's
 * `kubernetes.io/hostname`, and what pods require to be beside or apart from. Of the nodes that are left, the one with the fewest pods of this
 * world, and of those the first: the same manifests are placed the same way each time.
 * @param placed those that have a node already
 * @throws NetclaimsError `pod/no-node`
 */
export const placePods = (
  pods: readonly PodManifest[],
  placed: readonly PlacedPod[],
  nodes: readonly string[],
): readonly PlacedPod[] => {
  const all = [...placed];
  let waiting = pods;
  while (waiting.length > 0) {
    const later: PodManifest[] = [];
    for (const pod of waiting) {
      const node = leastUsed(
        nodes.filter((one) => whyNot(pod, one, all) === undefined),
        all,
      );
      // A pod may come before the one that it must be beside in the manifests.
      if (node === undefined) later.push(pod);
      else all.push({ pod, node });
    }
    if (later.length === waiting.length) throw noNode(later, nodes, all);
    waiting = later;
  }
  return all.slice(placed.length);
};

const leastUsed = (nodes: readonly string[], placed: readonly PlacedPod[]): string | undefined => {
  const count = (node: string) => placed.filter((one) => one.node === node).length;
  return [...nodes].sort((a, b) => count(a) - count(b))[0];
};

/** Why a pod cannot be on a node; undefined when it can. */
const whyNot = (pod: PodManifest, node: string, placed: readonly PlacedPod[]): string | undefined => {
  const { nodeName, nodeSelector = {}, affinity } = pod.spec;
  if (nodeName !== undefined && nodeName !== node) return `it wants ${nodeName}`;
  const hostname = nodeSelector['kubernetes.io/hostname'];
  if (hostname !== undefined && hostname !== node) return `it wants ${hostname}`;
  const here = placed.filter((one) => one.node === node).map((one) => one.pod);
  for (const term of required(affinity?.podAffinity)) {
    // The first of pods that must be beside each other finds none.
    const first = matches(term, pod) && !placed.some((one) => matches(term, one.pod));
    if (!first && !here.some((other) => matches(term, other))) {
      return `no pod ${selectorText(term)} is there, which this pod must be beside`;
    }
  }
  const [clash] = here.flatMap((other) => sharedHostPort(pod, other));
  if (clash !== undefined) return clash;
  const kept = required(affinity?.podAntiAffinity).flatMap((term) =>
    here.filter((other) => matches(term, other)),
  );
  const keeping = here.filter((other) =>
    required(other.spec.affinity?.podAntiAffinity).some((term) => matches(term, pod)),
  );
  const [apart] = [...kept, ...keeping];
  return apart === undefined ? undefined : `pod ${apart.name} is there, which this pod must be apart from`;
};

/** A port of the node that two pods want for themselves; an address that nobody names is every address. */
const sharedHostPort = (pod: PodManifest, other: PodManifest): readonly string[] =>
  hostPortsOf(pod).flatMap((own) =>
    hostPortsOf(other)
      .filter(
        (taken) =>
          taken.port === own.port &&
          taken.protocol === own.protocol &&
          (taken.address === own.address || isEvery(taken.address) || isEvery(own.address)),
      )
      .map(() => `pod ${other.name} is there, which has the hostPort ${own.port}/${own.protocol} too`),
  );

const isEvery = (address: string): boolean => ['', '0.0.0.0', '::'].includes(address);

const hostPortsOf = ({ spec, containers }: PodManifest) =>
  containers
    .flatMap(({ ports }) => ports ?? [])
    .flatMap(({ hostPort, containerPort, hostIP = '', protocol = 'TCP' }) => {
      // On the node's network, a port that is named is a port of the node.
      const port = hostPort ?? (spec.hostNetwork === true ? containerPort : undefined);
      return port === undefined ? [] : [{ port, address: hostIP, protocol }];
    });

interface Term {
  readonly labelSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
}

const required = (
  affinity: { readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly Term[] } | undefined,
): readonly Term[] => affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];

const labelsOf = ({ labelSelector }: Term) => Object.entries(labelSelector?.matchLabels ?? {});

const matches = (term: Term, pod: PodManifest): boolean =>
  labelsOf(term).every(([key, value]) => pod.labels[key] === value);

const selectorText = (term: Term): string =>
  `with ${labelsOf(term)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ')}`;

const noNode = (
  pods: readonly PodManifest[],
  nodes: readonly string[],
  placed: readonly PlacedPod[],
): NetclaimsError =>
  new NetclaimsError({
    code: 'pod/no-node',
    what: `no node of the cluster can have ${pods.map((pod) => `pod ${pod.name} (${placeOf(pod)})`).join(', ')}`,
    evidence: pods.flatMap((pod) =>
      nodes.map((node) => `pod ${pod.name}, ${node}: ${whyNot(pod, node, placed) ?? ''}`),
    ),
    remedy: `the nodes are ${nodes.join(', ')}; --nodes N makes more of them`,
  });
