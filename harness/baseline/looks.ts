import type { Baseline, Look } from '../domain/baseline.js';
import type { Facts, Json } from '../domain/fact-types.js';
import type { Observation } from '../domain/observation.js';
import { isPodEnd, linkLooks, neighbourLooks, routeLooks, ruleLooks } from './network-look.js';
import { itemsOf } from '../domain/fact-items.js';
import { look, plain, word } from './readable.js';
import { standIns, type StandIn } from './stand-ins.js';

/** The nodes and pods of an observation, as they look in every run on the same cluster. */
export const looksOf = (observation: Observation): Pick<Baseline, 'node' | 'pod'> => {
  const places = Object.keys(observation.nodes);
  return {
    node: Object.fromEntries(
      Object.values(observation.nodes).map((node, index) => [
        `node-${index + 1}`,
        nodeLook(node, observation),
      ]),
    ),
    pod: Object.fromEntries(
      Object.entries(observation.pods).map(([name, pod]) => [
        name,
        {
          node: `node-${places.indexOf(word(pod.node)) + 1}`,
          ...podLook(pod, namedNetnsOf(pod, observation), standIns(observation, pod)),
        },
      ]),
    ),
  };
};

const nodeLook = (node: Facts<'Node'>, observation: Observation): Look => {
  const standIn = standIns(observation);
  const pods = Object.values(observation.pods);
  const addresses = new Set(pods.filter(onNode).flatMap(({ ips }) => itemsOf(ips).map(word)));
  const ends = new Set(
    itemsOf(node.links)
      .filter((link) => isPodEnd(link, addresses))
      .map(({ name }) => word(name)),
  );
  const own = pods.filter((pod) => !onNode(pod) && pod.node === node.name);
  const ownAddresses = new Set(own.flatMap(({ ips }) => itemsOf(ips).map(word)));
  return {
    kernel: plain(node.kernel),
    podCIDRs: plain(node.podCIDRs),
    networks: look(node.cni, ({ networks }) => plain(networks)),
    plugins: look(node.cni, ({ plugins }) => plain(plugins)),
    link: look(node.links, (links) =>
      linkLooks(
        links.filter(({ name }) => !ends.has(word(name))),
        standIn,
      ),
    ),
    // Other pods have routes of their own, which come and go with them.
    route: routeLooks(
      node.routes,
      standIn,
      ({ dev, dst }) => !ends.has(word(dev)) || ownAddresses.has(word(dst).replace(/\/\d+$/, '')),
    ),
    rule: ruleLooks(node.rules, standIn),
    leases: look(node.ipam, (networks) =>
      Object.fromEntries(
        Object.entries(networks).map(([network, { addresses: leased }]) => [
          network,
          look(leased, (all) =>
            all
              .map(word)
              .filter((address) => ownAddresses.has(address))
              .map(standIn)
              .sort(),
          ),
        ]),
      ),
    ),
  };
};

const onNode = ({ hostNetwork }: Facts<'Pod'>): boolean => hostNetwork === true;

/** Of a pod of the node's network, what is not the node's. */
const podLook = (pod: Facts<'Pod'>, named: Json, standIn: StandIn): Look => ({
  phase: plain(pod.phase),
  hostNetwork: plain(pod.hostNetwork),
  ips: look(pod.ips, (all) => all.map((ip) => standIn(ip))),
  sandbox: look(pod.sandbox, ({ alive, command, image }) => ({
    alive: plain(alive),
    command: plain(command),
    image: plain(image),
  })),
  container: look(pod.containers, (all) =>
    Object.fromEntries(
      Object.entries(all).map(([name, { state, restarts }]) => [
        name,
        { state: plain(state), restarts: plain(restarts) },
      ]),
    ),
  ),
  ...(onNode(pod)
    ? {}
    : {
        netns: look(pod.netns, ({ path }) => ({ folder: look(path, folderOf), named })),
        link: linkLooks(pod.links, standIn),
        route: routeLooks(pod.routes, standIn),
        neighbours: neighbourLooks(pod.neighbours, standIn),
        cni: look(pod.cni, ({ network, result }) => ({
          network: plain(network),
          result: look(result, (value) => replaced(value, standIn)),
        })),
      }),
});

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Whether `ip netns list` shows the pod's netns. */
const namedNetnsOf = ({ netns, node }: Facts<'Pod'>, { nodes }: Observation): Json =>
  look(netns, ({ path }) =>
    look(path, (found) =>
      look(nodes[word(node)]?.namedNetns ?? [], (names) =>
        names.includes(found.slice(found.lastIndexOf('/') + 1)),
      ),
    ),
  );

/** A JSON value with all of its texts replaced, and all of its keys: runtimes key interfaces by their names. */
const replaced = (value: Json, standIn: StandIn): Json => {
  if (typeof value === 'string') return standIn(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => replaced(item, standIn));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [standIn(key), replaced(item, standIn)]),
  );
};
