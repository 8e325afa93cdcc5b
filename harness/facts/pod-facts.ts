import { isUnreadable, type Facts, type Unreadable } from '../domain/fact-types.js';
import type { PodRecord } from '../domain/pod-record.js';
import { byName, linkFacts } from './link-facts.js';
import { neighboursArgv, parseNeighbours } from './neighbours.js';
import type { NodeReading } from './node-reading.js';
import { inside } from './owner.js';
import type { Place } from './peers.js';
import type { Readings } from './readings.js';
import { parseRoutes, routesArgv } from './routes.js';
import { unreadPod } from './unread-pod.js';
import { containerFacts, sandboxFacts } from './sandbox-facts.js';

/** All facts of a pod: what the runtime recorded, and what its node shows. `pods` are the places where its links may end. */
export const podFacts = (
  pod: PodRecord,
  place: Place,
  node: NodeReading,
  pods: readonly Place[],
  readings: Readings,
): Facts<'Pod'> => {
  if (pod.unreadable !== undefined) return unreadPod(pod, pod.unreadable);
  const { path } = place;
  const { name, namespace, uid, phase, trouble, hostNetwork, ips, cni } = pod;
  const links = linkFacts(place, { node: node.place, pods }, readings);
  const whereLinksAre = <T>(read: () => T | Unreadable) => (isUnreadable(links) ? links : read());
  return {
    name,
    namespace,
    uid,
    node: pod.node,
    phase,
    trouble,
    hostNetwork,
    ips,
    netns: { inode: place.inode, path: pod.netnsPath, nsid: place.nsid },
    sandbox: sandboxFacts(path, pod.sandbox, readings, node.readInode),
    containers: Object.fromEntries(
      pod.containers.map((record) => [record.name, containerFacts(path, record, readings, node.readInode)]),
    ),
    links,
    link: byName(links),
    routes: whereLinksAre(() => readings.read([`${path}.routes`], inside(place, routesArgv), parseRoutes)),
    neighbours: whereLinksAre(() =>
      readings.read([`${path}.neighbours`], inside(place, neighboursArgv), parseNeighbours),
    ),
    cni,
  };
};
