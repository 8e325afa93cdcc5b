import { isUnreadable, type Facts } from '../../domain/fact-types.js';
import type { Observation } from '../../domain/observation.js';
import { word } from './fact-words.js';
import { nodeNetns, podNetns } from './netns-box.js';
import { processesOf, type PlacedProcess } from './processes.js';
import type { NodeBox, Topology } from './topology.js';
import { wiresOf } from './wires.js';

/** The topology that an observation shows. A pod on a node that was not read gets a node of that name with nothing else in it. */
export const topologyOf = (observation: Observation): Topology => {
  const pods = Object.values(observation.pods);
  const known = Object.values(observation.nodes);
  const missing = [...new Set(pods.map(({ node }) => word(node)))].filter(
    (name) => !known.some((node) => node.name === name),
  );
  return {
    nodes: [
      ...known.map((node) => nodeBox(node, podsOn(word(node.name), pods))),
      ...missing.map((name) => nodeBox(unseenNode(name), podsOn(name, pods))),
    ],
    wires: wiresOf(observation),
  };
};

const podsOn = (name: string, pods: readonly Facts<'Pod'>[]): readonly Facts<'Pod'>[] =>
  pods.filter(({ node }) => word(node) === name);

const nodeBox = (node: Facts<'Node'>, pods: readonly Facts<'Pod'>[]): NodeBox => {
  const name = word(node.name);
  const rootInode = isUnreadable(node.netns) ? undefined : node.netns.inode;
  const isOnNode = (pod: Facts<'Pod'>): boolean => pod.hostNetwork === true;
  const own = pods.filter((pod) => !isOnNode(pod));
  const home = new Map(
    own.flatMap((pod) => (isUnreadable(pod.netns) ? [] : [[pod.netns.inode, pod] as const])),
  );
  // A process is drawn in the netns that it is in, wherever its pod is; one that is in none stays with its pod.
  const placed = pods.flatMap((pod) =>
    processesOf(pod).map((one) => ({ ...one, place: placeOf(one, pod, home, rootInode) })),
  );
  const inside = (place: Facts<'Pod'> | 'root') =>
    placed.filter((one) => one.place === place).map(({ process }) => process);
  return {
    id: `node/${name}`,
    title: `node ${name}`,
    name,
    facts: { kernel: word(node.kernel) },
    root: nodeNetns(node, inside('root')),
    pods: own.map((pod) => podNetns(pod, inside(pod))),
  };
};

const placeOf = (
  { inode }: PlacedProcess,
  pod: Facts<'Pod'>,
  home: ReadonlyMap<unknown, Facts<'Pod'>>,
  rootInode: unknown,
): Facts<'Pod'> | 'root' => {
  if (inode !== undefined && inode === rootInode) return 'root';
  if (!isUnreadable(pod.netns) && inode !== undefined && inode === pod.netns.inode) return pod;
  const found = inode === undefined ? undefined : home.get(inode);
  return found ?? (pod.hostNetwork === true ? 'root' : pod);
};

const unseenNode = (name: string): Facts<'Node'> => ({
  ...{ name, kernel: '?', netns: { inode: -1 }, links: [], link: {}, routes: [], rules: [] },
  ...{
    namespaces: [],
    namedNetns: [],
    cni: { networks: [], plugins: [], results: [] },
    ipam: {},
    podCIDRs: [],
  },
});
