import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Artifact } from '../domain/artifact.js';
import type { Node } from '../domain/cluster.js';
import { describeError, NetclaimsError } from '../domain/error.js';
import { withoutPayload } from './without-payload.js';

/** What a capture needs on each node. */
export const captureTools = ['tcpdump', 'timeout', 'base64', 'grep'] as const;

/** Of each packet, in bytes, and of packets. */
const most = { packet: 262, packets: 5_000 };

/** How long tcpdump may take to begin, and to end. */
const marginMs = 10_000;

/** For what is on its way when a probe has ended. */
const lastPacketsMs = 100;

/**
 * Prints a capture in base64. The token comes by the environment, by which tcpdump is found again; `timeout` ends it where nobody else does. It is
 * all in one pipe, so that no file is left whatever happens.
 */
const captureScript = `
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export PATH
timeout "$2" env "NETCLAIMS_CAPTURE=$1" tcpdump -i any -n -U --immediate-mode -s ${most.packet} -c ${most.packets} -w - | base64
`;

/** Finds the tcpdump with the token by the environments of all processes, and waits until it listens: until the kernel lists a socket of its as running. */
const awaitScript = `
tries=100
while [ $tries -gt 0 ]; do
  for found in $(grep -alF "NETCLAIMS_CAPTURE=$1" /proc/[0-9]*/environ 2>/dev/null); do
    process=\${found%/environ}
    sockets=$(ls -l "$process/fd" 2>/dev/null)
    while read -r address references type protocol interface running memory user inode; do
      case $running$sockets in 1*"socket:[$inode]"*) echo "\${process#/proc/}"; exit 0 ;; esac
    done <"$process/net/packet"
  done
  tries=$((tries - 1))
  sleep 0.05
done
echo 'tcpdump did not begin' >&2
exit 1
`;

/** What came of a capture, and of what was done meanwhile: where that failed, its packets are the evidence. */
export interface Captured<T> {
  readonly result: PromiseSettledResult<T>;
  readonly artifact?: Artifact;
  /** Why there is none. */
  readonly note?: string;
}

/** Where packets are captured: on a node, in its own network namespace or in another one that it has. */
export interface CapturePlace {
  readonly node: Node;
  readonly netns?: string | undefined;
}

/**
 * Does something while all packets of a network namespace are captured. A capture that fails changes nothing of what is done meanwhile.
 * @param ms how long that may take
 */
export const capturing = async <T>(
  { node, netns }: CapturePlace,
  name: string,
  ms: number,
  work: () => Promise<T>,
  signal: AbortSignal,
): Promise<Captured<T>> => {
  const token = randomBytes(16).toString('hex');
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, ended.signal]);
  const limitMs = ms + 3 * marginMs;
  const script = (text: string, ...args: readonly string[]) => [
    'sh',
    '-c',
    text,
    'netclaims-capture',
    ...args,
  ];
  const sh = (argv: readonly string[]) => node.exec({ argv, timeoutMs: marginMs }, stop);
  const running = node
    .exec(
      {
        argv: script(captureScript, token, String(Math.ceil(limitMs / 1_000))),
        ...(netns === undefined ? {} : { netns }),
        timeoutMs: limitMs,
      },
      stop,
    )
    .then(
      (answer) => ({ answer }),
      (error: unknown) => ({ error }),
    );
  try {
    const begun = await Promise.race([
      sh(script(awaitScript, token)).catch((error: unknown) => ({ error })),
      running.then((early) => ('answer' in early ? { ...early.answer, exitCode: 1 } : early)),
    ]);
    const [result] = await Promise.allSettled([work()]);
    try {
      if ('error' in begun) throw begun.error;
      if (begun.exitCode !== 0) throw new Error(begun.stderr.trim());
      await sleep(lastPacketsMs);
      // One that had enough packets has ended by itself.
      await sh(['kill', '-s', 'INT', begun.stdout.trim()]);
      const end = await running;
      if ('error' in end) throw end.error;
      const content = withoutPayload(Buffer.from(end.answer.stdout, 'base64'));
      return { result, artifact: { name: `capture-${name}.pcap`, content, keep: 'beginning' } };
    } catch (error) {
      return { result, note: describeError(error) };
    }
  } finally {
    ended.abort();
    await running;
  }
};

/** Sees to it that packets can be captured on all nodes. @throws NetclaimsError `usage/capture` */
export const requireCapture = async (
  nodes: readonly Node[],
  remedy: string,
  signal: AbortSignal,
): Promise<void> => {
  const look = 'for tool in "$@"; do command -v "$tool" >/dev/null || echo "$tool"; done';
  const argv = [
    'env',
    'sh',
    '-c',
    `PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin; ${look}`,
    'look',
    ...captureTools,
  ];
  const missing = await Promise.all(
    nodes.map(async (node) => {
      const { stdout } = await node.exec({ argv, timeoutMs: marginMs }, signal);
      const tools = stdout.split('\n').filter(Boolean);
      return tools.length === 0
        ? []
        : [`node ${node.name} has no ${tools.map((tool) => `\`${tool}\``).join(', ')}`];
    }),
  );
  if (missing.flat().length === 0) return;
  throw new NetclaimsError({
    code: 'usage/capture',
    what: 'packets cannot be captured on this cluster',
    evidence: missing.flat(),
    remedy,
  });
};
