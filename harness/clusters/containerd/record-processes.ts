import { NetclaimsError } from '../../domain/error.js';
import { markedState, type MarkedProcess } from '../marked-process.js';
import type { ClusterRecord } from './containerd-cluster.js';

interface NamedProcess extends MarkedProcess {
  /** What it is of the cluster. */
  readonly what: string;
}

/** The processes that a cluster lives by: the first one of each node, and that of the network that joins them. */
export const processesOf = ({
  nodes,
  underlayPid,
  underlayStartTime,
  pidNamespace,
  mark,
}: ClusterRecord): readonly NamedProcess[] => [
  ...nodes.map(({ name, initPid, initStartTime }) => ({
    ...{ what: `node ${name}`, pid: initPid, startTime: initStartTime, pidNamespace, mark },
  })),
  {
    ...{ what: 'the network between the nodes', pid: underlayPid, startTime: underlayStartTime },
    ...{ pidNamespace, mark },
  },
];

/**
 * Makes sure that the processes of a record are there, and are still those: a number may be a stranger's by now.
 * @throws NetclaimsError `cluster/node-gone`
 */
export const requireProcesses = async (name: string, record: ClusterRecord): Promise<void> => {
  for (const process of processesOf(record)) {
    const state = await markedState(process);
    if (state === 'ours') continue;
    throw new NetclaimsError({
      code: 'cluster/node-gone',
      what: `${process.what} of the cluster ${name} ${state === 'gone' ? 'has ended' : 'cannot be seen from here'}`,
      evidence: [`its process was ${process.pid}`],
      remedy: `remove what is left with \`netclaims cluster down ${name}\`, and make it again`,
    });
  }
};
