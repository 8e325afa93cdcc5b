import type { FactPath } from './fact-paths.js';
import { linkId } from './link-box.js';
import type { NetnsBox, NodeBox, Topology } from './topology.js';

/** The ids of what these facts are facts of, in a topology. */
export const mentioned = (paths: readonly FactPath[], topology: Topology): readonly string[] => [
  ...new Set(paths.flatMap(({ steps }) => idsOf(steps, topology))),
];

const idsOf = ([root, name = '*', ...rest]: readonly string[], topology: Topology): readonly string[] => {
  const isMeant = (own: string): boolean => name === '*' || name === own;
  if (root === 'nodes') {
    return topology.nodes
      .filter((node) => isMeant(node.name))
      .flatMap((node) => inNode(node, rest, topology));
  }
  const own = topology.nodes.flatMap(({ pods }) => pods).filter((netns) => isMeant(netns.name));
  if (own.length > 0) return own.flatMap((netns) => inPod(netns, netns.name, rest, topology));
  // A pod on its node's network: its links are the node's.
  return topology.nodes
    .map(({ root: netns }) => netns)
    .filter(({ processes }) => processes.some(({ id }) => id === `pause/${name}`))
    .flatMap((netns) => inPod(netns, name, rest, topology));
};

const inNode = (
  { root }: NodeBox,
  [field, name]: readonly string[],
  topology: Topology,
): readonly string[] =>
  field === 'link' && name !== undefined ? joined(linkId(root, name), [], topology) : [root.id];

const inPod = (
  netns: NetnsBox,
  pod: string,
  [field, name, ...rest]: readonly string[],
  topology: Topology,
): readonly string[] => {
  switch (field) {
    case 'sandbox':
      return withNetns(`pause/${pod}`, [name ?? ''], topology);
    case 'containers':
      return name === undefined || name === '*'
        ? netns.processes.filter(({ kind }) => kind === 'container').map(({ id }) => id)
        : withNetns(`container/${pod}/${name}`, rest, topology);
    case 'link':
      return name === undefined ? [netns.id] : joined(linkId(netns, name), rest, topology);
    case 'links':
      return netns.links.map(({ id }) => id);
    default:
      return [netns.id];
  }
};

/** A process, and the netns that it is in where that is what is asked of it. */
const withNetns = (id: string, [field]: readonly string[], { nodes }: Topology): readonly string[] => {
  const home = nodes
    .flatMap(({ root, pods }) => [root, ...pods])
    .find(({ processes }) => processes.some((process) => process.id === id));
  return [id, ...(field === 'netns' && home !== undefined ? [home.id] : [])];
};

/** A link, and its pair with the other end where that is what is asked of it. */
const joined = (id: string, [field]: readonly string[], { wires }: Topology): readonly string[] => [
  id,
  ...(field === 'peer'
    ? wires
        .filter(({ kind, from, to }) => kind === 'veth' && (from === id || to === id))
        .flatMap((wire) => [wire.id, wire.from, wire.to])
    : []),
];
