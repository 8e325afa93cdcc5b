import type { Node } from '../../../domain/cluster.js';
import { NetclaimsError, withEvidence, wordsOf } from '../../../domain/error.js';
import { script, type RunOnNode } from './run-on-node.js';

const readMs = 10_000;
/** A kubelet that ends is started anew each second, with a page of warnings, so that what matters may stand far above. */
const linesRead = 400;
const linesShown = 6;
const longestLine = 400;

/** Only what the kubelet itself says: systemd's own lines about it are of another unit. */
const read = `
systemctl show kubelet --property=ActiveState,SubState,NRestarts | tr '\\n' ' '
echo
journalctl --no-pager --output=cat --lines="$1" _SYSTEMD_UNIT=kubelet.service
`;

/** Does a part of the boot; its failure is told with the logs of these nodes' kubelets. */
export const withKubeletLogs = async <T>(
  nodes: readonly Pick<Node, 'name'>[],
  run: RunOnNode,
  work: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted || !(error instanceof NetclaimsError)) throw error;
    throw withEvidence(error, await kubeletLogs(nodes, run, signal));
  }
};

/** The state of each node's kubelet, and the last that it complained of. */
export const kubeletLogs = async (
  nodes: readonly Pick<Node, 'name'>[],
  run: RunOnNode,
  signal: AbortSignal,
): Promise<readonly string[]> => {
  const logs = await Promise.all(nodes.map((node) => kubeletLog(node, run, signal)));
  return logs.flat();
};

const kubeletLog = async (
  node: Pick<Node, 'name'>,
  run: RunOnNode,
  signal: AbortSignal,
): Promise<readonly string[]> => {
  const argv = script(read, String(linesRead));
  try {
    const answer = await run(node, { purpose: "read its kubelet's log", argv, timeoutMs: readMs }, signal);
    const [state = '', ...lines] = answer.split('\n');
    return [`the kubelet of ${node.name}: ${stateText(state)}`, ...complaintsOf(lines)];
  } catch (error) {
    signal.throwIfAborted();
    const why = wordsOf(error);
    return [`the kubelet of ${node.name}: its log could not be read: ${why}`];
  }
};

/** @param said as systemd says it: `NRestarts=0 ActiveState=active SubState=running` */
const stateText = (said: string): string => {
  const of = (property: string) => new RegExp(`\\b${property}=(\\S+)`).exec(said)?.[1];
  const [active, sub, restarts = '0'] = [of('ActiveState'), of('SubState'), of('NRestarts')];
  const state = active === undefined ? 'in an unknown state' : `${active} (${sub ?? ''})`;
  return restarts === '0' ? state : `${state}, restarted ${restarts} times`;
};

/** The last different lines; of those that klog marks as errors, where there are any. What is repeated is told once. */
export const complaintsOf = (lines: readonly string[]): readonly string[] => {
  const said = lines.filter((line) => line.trim() !== '');
  const errors = said.filter((line) => /^[EF]\d{4} |^Error: |^panic: /.test(line));
  const chosen = errors.length > 0 ? errors : said;
  const last = new Map<string, string>();
  for (const line of chosen) {
    const message = line.replace(/^[EFIW]\d{4} [\d:.]+ +\d+ /, '');
    last.delete(message);
    last.set(message, line);
  }
  return [...last.values()]
    .slice(-linesShown)
    .map((line) => (line.length > longestLine ? `${line.slice(0, longestLine)}…` : line));
};
