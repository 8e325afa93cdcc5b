import { unreadable, type Facts } from '../domain/fact-types.js';
import type { PodRecord } from '../domain/pod-record.js';

/** The facts of a pod whose node's runtime could not be asked: what the record has from elsewhere, and for the rest the reason. */
export const unreadPod = (pod: PodRecord, reason: string): Facts<'Pod'> => {
  const { name, namespace, uid, node, phase, trouble, hostNetwork, ips } = pod;
  const unread = unreadable(reason);
  return {
    ...{ name, namespace, uid, node, phase, trouble, hostNetwork, ips },
    netns: { inode: unread, path: unread, nsid: unread },
    sandbox: unread,
    containers: Object.fromEntries(
      pod.containers.map(({ name: container, id, image, restarts, state }) => [
        container,
        { id, pid: unread, image, restarts, state, netns: { inode: unread } },
      ]),
    ),
    links: unread,
    link: unread,
    routes: unread,
    neighbours: unread,
    cni: { network: unread, result: unread },
  };
};
