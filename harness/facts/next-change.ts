import { setTimeout as sleep } from 'node:timers/promises';
import type { Node } from '../domain/cluster.js';

/** What a node could not be told to tell by itself is looked at this often. */
const pollMs = 2_000;

/**
 * Waits on the node for the first thing that the kernel tells of a link, an address or a route, in the node's own network namespace or in one that
 * something in it leads to, such as a pod's. Its first process is ended by its own id, so that nothing goes on when it has been heard.
 */
const changeScript = `
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export PATH
{ sh -c 'echo $$; exec timeout "$1" ip -oneline monitor link address route all-nsid' sh "$1" 2>/dev/null </dev/null; } | {
  read -r process || exit 0
  read -r event && echo changed
  kill "$process" 2>/dev/null
  exit 0
}
`;

/**
 * Resolves when something of the links, addresses or routes of a node may have changed, and after `atMostMs` in any case; where the node cannot
 * tell by itself, every two seconds. Never throws but for the signal.
 */
export const nextChange = async (node: Node, atMostMs: number, signal: AbortSignal): Promise<void> => {
  const began = performance.now();
  const seconds = String(Math.ceil(atMostMs / 1_000));
  const command = {
    argv: ['sh', '-c', changeScript, 'netclaims-watch', seconds],
    timeoutMs: atMostMs + 10_000,
  };
  const told = await node.exec(command, signal).then(
    ({ stdout }) => stdout.includes('changed'),
    () => false,
  );
  signal.throwIfAborted();
  if (told || performance.now() - began > atMostMs / 2) return;
  await sleep(Math.min(pollMs, atMostMs), undefined, { signal });
};
