import type { CommandResult } from '../../../domain/cluster.js';
import type { PodContainer } from './pod-manifest.js';

type Probe = NonNullable<PodContainer['readinessProbe']>;

/** How a readiness probe is carried out: in the container, or from inside the pod's netns with the node's own bash. */
export type ProbeCommand =
  | { readonly in: 'container'; readonly argv: readonly string[]; readonly timeoutMs: number }
  | {
      readonly in: 'netns';
      readonly argv: readonly string[];
      readonly stdin?: string;
      readonly timeoutMs: number;
    };

/** Opens a connection: $1 is the host and $2 the port. */
const connectScript = 'exec 3<>"/dev/tcp/$1/$2"';

/** Sends its standard input as a request and prints the first line of the response. */
const requestScript = `${connectScript} && cat >&3 && IFS= read -r line <&3 && printf '%s' "$line"`;

/**
 * The command of a container's readiness probe. A kubelet connects to the pod from its node; here it is from the pod's own netns,
 * since a pod's readiness must not depend on the network that is under test.
 */
export const probeCommand = (
  { readinessProbe, ports = [] }: PodContainer,
  podIp: string,
): ProbeCommand | undefined => {
  if (readinessProbe === undefined) return undefined;
  const { exec, tcpSocket, httpGet } = readinessProbe;
  const timeoutMs = (readinessProbe.timeoutSeconds ?? 1) * 1_000;
  const portOf = (port: unknown): string =>
    String(typeof port === 'string' ? ports.find(({ name }) => name === port)?.containerPort : port);
  const bash = (script: string, host: string | undefined, port: unknown) =>
    ['bash', '-c', script, 'probe', host ?? podIp, portOf(port)] as const;

  if (tcpSocket !== undefined) {
    return { in: 'netns', argv: bash(connectScript, tcpSocket.host, tcpSocket.port), timeoutMs };
  }
  if (httpGet !== undefined) {
    const stdin = httpRequest(httpGet, podIp, portOf(httpGet.port));
    return { in: 'netns', argv: bash(requestScript, httpGet.host, httpGet.port), stdin, timeoutMs };
  }
  return { in: 'container', argv: exec?.command ?? [], timeoutMs };
};

const httpRequest = (get: NonNullable<Probe['httpGet']>, podIp: string, port: string): string => {
  const headers = get.httpHeaders ?? [];
  const has = (name: string) => headers.some((header) => header.name.toLowerCase() === name);
  const host = get.host ?? podIp;
  return [
    `GET ${(get.path ?? '').startsWith('/') ? (get.path ?? '') : `/${get.path ?? ''}`} HTTP/1.1`,
    ...(has('host') ? [] : [`Host: ${host.includes(':') ? `[${host}]` : host}:${port}`]),
    ...(has('user-agent') ? [] : ['User-Agent: netclaims']),
    ...headers.map(({ name, value }) => `${name}: ${value}`),
    'Connection: close',
    '',
    '',
  ].join('\r\n');
};

/** Why a probe that answered did not succeed; empty when it did. */
export const unreadyBecause = (
  { readinessProbe }: PodContainer,
  { exitCode, stdout, stderr }: CommandResult,
): string => {
  if (exitCode !== 0) return `it ended with ${exitCode}: ${(stderr.trim() || stdout.trim()).slice(-200)}`;
  if (readinessProbe?.httpGet === undefined) return '';
  const [, status = ''] = /^HTTP\/[0-9.]+ ([0-9]{3})/.exec(stdout) ?? [];
  return /^[23]/.test(status) ? '' : `it was answered \`${stdout.trim()}\``;
};
