import { isUnreadable, type Facts, type Unreadable } from '../domain/fact-types.js';
import { cniFacts, ipamFacts, podCidrFacts, readNetworks } from './cni-facts.js';
import { kernelArgv, parseKernel } from './kernel.js';
import { byName, linkFacts } from './link-facts.js';
import type { NodeReading } from './node-reading.js';
import { inside } from './owner.js';
import type { Place } from './peers.js';
import { whenRead, type Readings } from './readings.js';
import { parseRoutes, routesArgv } from './routes.js';
import { parseRules, rules6Argv, rulesArgv } from './rules.js';

/** All facts of a node; `pods` are the places where its links may end. */
export const nodeFacts = (
  name: string,
  { place, namespaces, named }: NodeReading,
  pods: readonly Place[],
  readings: Readings,
): Facts<'Node'> => {
  const { path } = place;
  const links = linkFacts(place, { node: place, pods }, readings);
  const networks = readNetworks(path, readings);
  return {
    name,
    kernel: readings.read([`${path}.kernel`], { argv: kernelArgv }, parseKernel),
    netns: { inode: place.inode },
    links,
    link: byName(links),
    routes: inPlace(place, () => readings.read([`${path}.routes`], inside(place, routesArgv), parseRoutes)),
    rules: inPlace(place, () => readRules(place, readings)),
    namespaces: whenRead(namespaces, (listed) =>
      listed.map(({ inode, nprocs, pid, command }) => ({ inode, nprocs, pid, command })),
    ),
    namedNetns: whenRead(named, (ids) => [...ids.keys()].toSorted()),
    cni: cniFacts(path, networks, readings),
    ipam: ipamFacts(path, networks, readings),
    podCIDRs: podCidrFacts(networks),
  };
};

/** What is read where the links are is as unreadable as they are when that is not the node's netns. */
const inPlace = <T>({ inode }: Place, read: () => T): T | Unreadable =>
  isUnreadable(inode) ? inode : read();

const readRules = (place: Place, readings: Readings): readonly Facts<'Rule'>[] | Unreadable => {
  const paths = [`${place.path}.rules`];
  const rules6 = readings.read(paths, inside(place, rules6Argv), parseRules);
  const rules = readings.read(paths, inside(place, rulesArgv), parseRules);
  return whenRead(rules, (inet) => whenRead(rules6, (inet6) => [...inet, ...inet6]));
};
