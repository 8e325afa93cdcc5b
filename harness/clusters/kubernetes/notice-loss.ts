import type { Node } from '../../domain/cluster.js';
import { deadline } from '../../domain/deadline.js';
import { describeError, NetclaimsError } from '../../domain/error.js';

const lookTimeoutMs = 5_000;

/**
 * Does work in a cluster that was up. When its API does not answer any more, the cluster is lost; which of its nodes are gone as well says most of
 * why.
 */
export const noticeLoss =
  (nodes: readonly Node[]) =>
  async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof NetclaimsError) || error.code !== 'cluster/api-unreachable') throw error;
      const gone = (await Promise.all(nodes.map(whyGone))).flat();
      throw new NetclaimsError({
        code: 'cluster/api-lost',
        what: `${error.message} any more`,
        evidence: [...error.evidence, ...gone],
        remedy: 'see what became of the cluster, and run again',
        cause: error,
      });
    }
  };

/** Nothing when the node still runs commands. */
const whyGone = async (node: Node): Promise<readonly string[]> => {
  try {
    await node.exec({ argv: ['true'], timeoutMs: lookTimeoutMs }, deadline(lookTimeoutMs));
    return [];
  } catch (error) {
    const [said = ''] = describeError(error).split('\n');
    return [`node ${node.name} does not answer either: ${said}`];
  }
};
