import type { IpFamily } from '../../../domain/cluster-provider.js';
import { NetclaimsError } from '../../../domain/error.js';
import { runCommand } from '../../command.js';
import type { NodeNetwork } from '../../node-routes.js';
import { packageFile } from '../../package-file.js';
import { enterNode } from './enter.js';
import { holdProcess, type HeldProcess } from './held-process.js';
import { nodeBatch, underlayBatch, type PodRouting } from './underlay-plan.js';

/** What joins the nodes of a cluster: a network namespace with a bridge that is their router, too. */
export type Underlay = HeldProcess;

/** A node to join to the others. */
export interface JoinedNode extends NodeNetwork {
  readonly initPid: number;
}

const commandTimeoutMs = 10_000;

/** Makes the underlay, with no node at it. @throws NetclaimsError `cluster/no-node` */
export const makeUnderlay = (mark: string, signal: AbortSignal): Promise<Underlay> =>
  holdProcess(
    ['--net'],
    [packageFile('harness', 'clusters', 'containerd', 'node', 'underlay.sh')],
    'the network namespace that joins the nodes',
    mark,
    signal,
  );

/**
 * Joins nodes: a veth to each, its addresses, and routes. All of it goes with the namespaces at its ends.
 * @throws NetclaimsError `cluster/no-underlay`
 */
export const joinNodes = async (
  { pid }: Underlay,
  nodes: readonly JoinedNode[],
  family: IpFamily,
  routing: PodRouting,
  signal: AbortSignal,
): Promise<void> => {
  const initPids = nodes.map(({ initPid }) => initPid);
  const batch = ['ip', '-batch', '-'];
  // In the machine's own PID namespace, by whose numbers the nodes are named.
  await run(
    ['nsenter', `--target=${pid}`, '--net', '--', ...batch],
    underlayBatch(nodes, initPids, family, routing),
    signal,
  );
  await Promise.all(
    nodes.map((node) =>
      run(enterNode(node.initPid, { argv: batch }), nodeBatch(node, nodes, family, routing), signal),
    ),
  );
};

const run = async (argv: readonly string[], stdin: string, signal: AbortSignal): Promise<void> => {
  const { exitCode, stderr } = await runCommand(argv, { stdin, timeoutMs: commandTimeoutMs }, signal);
  if (exitCode === 0) return;
  throw new NetclaimsError({
    code: 'cluster/no-underlay',
    what: 'the nodes could not be joined to each other',
    evidence: [`${argv.join(' ')}: ${stderr.trim()}`],
    remedy: 'run `netclaims doctor`: it says what a node needs of this machine',
  });
};
