import { isUnreadable, unreadable, type Unreadable } from '../domain/fact-types.js';
import { hasOwnNetns, type PodRecord } from '../domain/pod-record.js';
import { readLinks } from './link-facts.js';
import { linksArgv } from './links.js';
import { namedNetnsArgv, netnsName, parseNamedNetns } from './named-netns.js';
import type { NodeReading } from './node-reading.js';
import { inside } from './owner.js';
import type { Place } from './peers.js';
import type { Readings } from './readings.js';
import { netnsOfProcess } from './sandbox-facts.js';

/** Where a pod's links are: in its own netns, or for hostNetwork in the node's. */
export const podPlace = (pod: PodRecord, node: NodeReading, readings: Readings): Place => {
  if (pod.hostNetwork) return onNode(pod, node, readings);
  return hasOwnNetns(pod) ? inOwnNetns(pod, node, readings) : nowhere(pod);
};

const titleOf = ({ name }: PodRecord): string => `pod ${name}`;
const pathOf = ({ name }: PodRecord): string => `pods.${name}`;

const inOwnNetns = (pod: PodRecord, node: NodeReading, readings: Readings): Place => {
  const owner = { path: pathOf(pod), netns: pod.netnsPath };
  const inode = node.readInode([`${owner.path}.netns`], pod.netnsPath);
  return {
    ...owner,
    where: 'pod',
    title: titleOf(pod),
    inode,
    nsid: nsidOf(pod, inode, node),
    links: isUnreadable(inode) ? inode : readLinks(owner, readings),
    name: netnsName(pod.netnsPath),
    nsids: readings.read([], inside(owner, namedNetnsArgv), parseNamedNetns),
  };
};

/** `ip netns` knows the ids of the namespaces that have a name, and lsns of those that have a process. */
const nsidOf = (pod: PodRecord, inode: number | Unreadable, node: NodeReading): number | Unreadable => {
  const name = netnsName(pod.netnsPath);
  if (name !== undefined && !isUnreadable(node.named)) {
    return (
      node.named.get(name) ??
      unreadable(`\`ip netns list\` does not list ${pod.netnsPath} of ${titleOf(pod)}`)
    );
  }
  if (isUnreadable(inode)) return inode;
  if (isUnreadable(node.namespaces)) return node.namespaces;
  const listed = node.namespaces.find((each) => each.inode === inode);
  return (
    listed?.nsid ??
    unreadable(`the netns of ${titleOf(pod)} has neither a name nor a process, by which its id could be told`)
  );
};

/** What the record says of hostNetwork counts only when the pod's pause process is in the node's netns indeed. */
const onNode = (pod: PodRecord, node: NodeReading, readings: Readings): Place => {
  const path = pathOf(pod);
  const inode =
    pod.sandbox.pid > 0
      ? node.readInode([`${path}.netns`], netnsOfProcess(pod.sandbox.pid))
      : unreadable(`${titleOf(pod)} of the node's network has no pause process to tell its netns by`);
  const shared = { ...node.place, path, title: titleOf(pod), inode };
  if (isUnreadable(inode)) return { ...shared, links: inode };
  if (isUnreadable(node.place.inode)) return { ...shared, links: node.place.inode };
  if (inode !== node.place.inode) {
    return {
      ...shared,
      links: unreadable(`${titleOf(pod)} is not in the netns of its node, as its hostNetwork says`),
    };
  }
  readings.read(
    ['links', 'link'].map((field) => `${path}.${field}`),
    { argv: linksArgv },
    () => undefined,
  );
  return shared;
};

/** Not `no links`: of a netns that cannot be found nothing is known. */
const nowhere = (pod: PodRecord): Place => {
  const reason = unreadable(
    pod.netnsPath === ''
      ? `${titleOf(pod)} has no network namespace: its sandbox does not run`
      : `the runtime keeps the netns of ${titleOf(pod)} at \`${pod.netnsPath}\`, which is no path to look into`,
  );
  return {
    path: pathOf(pod),
    netns: undefined,
    where: 'pod',
    title: titleOf(pod),
    inode: reason,
    nsid: reason,
    links: reason,
    name: undefined,
    nsids: reason,
  };
};
