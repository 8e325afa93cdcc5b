import { isUnreadable, type Facts } from '../../domain/fact-types.js';
import { word } from './fact-words.js';
import type { ProcessBox } from './topology.js';

/** A process and the inode of the netns that it is in; undefined when it has none or that could not be read. */
export interface PlacedProcess {
  readonly process: ProcessBox;
  readonly inode: number | undefined;
}

/** The pause process and the containers of a pod. */
export const processesOf = (pod: Facts<'Pod'>): readonly PlacedProcess[] => {
  const { sandbox, containers } = pod;
  const podName = word(pod.name);
  return [
    ...(isUnreadable(sandbox)
      ? []
      : [
          {
            process: {
              id: `pause/${podName}`,
              title: `the pause process of ${podName}`,
              name: 'pause',
              kind: 'pause' as const,
              running: sandbox.alive === true,
              facts: { pid: pidText(sandbox.pid), alive: word(sandbox.alive), sandbox: short(sandbox.id) },
            },
            inode: inodeOf(sandbox.netns),
          },
        ]),
    ...(isUnreadable(containers)
      ? []
      : Object.entries(containers).map(([name, container]) => ({
          process: {
            id: `container/${podName}/${name}`,
            title: `container ${name} of ${podName}`,
            name,
            kind: 'container' as const,
            running: container.state === 'running',
            facts: {
              pid: pidText(container.pid),
              state: word(container.state),
              restarts: word(container.restarts),
              netns: String(inodeOf(container.netns) ?? 'none'),
              id: short(container.id),
            },
          },
          inode: inodeOf(container.netns),
        }))),
  ];
};

const inodeOf = (netns: Facts<'Container'>['netns']): number | undefined => {
  if (isUnreadable(netns) || isUnreadable(netns.inode) || netns.inode === -1) return undefined;
  return netns.inode;
};

const pidText = (pid: Facts<'Container'>['pid']): string => (pid === -1 ? 'none' : word(pid));

/** As much of an id as tools show. */
const short = (id: Facts<'Container'>['id']): string => word(id).slice(0, 12);
