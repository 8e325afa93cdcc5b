import type { Node } from '../domain/cluster.js';
import { NetclaimsError } from '../domain/error.js';

const commandMs = 10_000;

/**
 * Whether the eth0 of a network namespace of the node is a veth (IFLA_INFO_KIND).
 * @throws NetclaimsError `cluster/capabilities` when it could not be looked at: not found out is not the same as not so
 */
export const eth0IsVeth = async (node: Node, netns: string, signal: AbortSignal): Promise<boolean> => {
  const argv = ['ip', '-details', '-json', 'link', 'show', 'eth0'];
  const { exitCode, stdout, stderr } = await node.exec({ argv, netns, timeoutMs: commandMs }, signal);
  if (exitCode === 0) return /"info_kind"\s*:\s*"veth"/.test(stdout);
  throw new NetclaimsError({
    code: 'cluster/capabilities',
    what: 'the eth0 of a pod could not be looked at to find out whether it is a veth',
    evidence: [`${argv.join(' ')}: ${stderr.trim()}`],
  });
};
