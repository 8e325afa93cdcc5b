import type { Node } from '../../../domain/cluster.js';
import { NetclaimsError } from '../../../domain/error.js';
import type { PodRecord } from '../../../domain/pod-record.js';
import { askPatiently, type KubernetesApi } from '../kubernetes-api.js';
import { pod } from '../objects/kube-shapes.js';

export interface RestartTools {
  readonly api: KubernetesApi;
  readonly nodes: readonly Node[];
  readonly pods: (signal: AbortSignal) => Promise<readonly PodRecord[]>;
  /** Resolves when something may have changed. */
  readonly changed: (signal: AbortSignal) => Promise<void>;
}

const killTimeoutMs = 10_000;

/**
 * Ends a container's process as a kubelet does, with its grace, and resolves when the kubelet has started its successor.
 * @throws NetclaimsError `pod/…`, `probe/…`
 */
export const restartContainer = async (
  namespace: string,
  { pod: name, container }: { readonly pod: string; readonly container: string },
  tools: RestartTools,
  signal: AbortSignal,
): Promise<void> => {
  const { api } = tools;
  const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
  const request = { method: 'GET', path, answer: pod } as const;
  const object = await askPatiently(api, request, `reading pod ${name}`, signal);
  const { restartPolicy = 'Always', terminationGracePeriodSeconds = 30 } = object.spec ?? {};
  if (restartPolicy === 'Never') throw neverRestarted(name, container);
  const before = await find(name, container, tools, signal);
  if (before.record.pid > 0) {
    // A process that ends with 0 under OnFailure has no successor.
    const graceMs = restartPolicy === 'Always' ? terminationGracePeriodSeconds * 1_000 : 0;
    if (graceMs > 0) {
      await send('TERM', before.pod, before.record.pid, tools, signal);
      await until(({ record }) => record.pid !== before.record.pid, Date.now() + graceMs);
    }
    const now = await find(name, container, tools, signal);
    if (now.record.pid === before.record.pid)
      await send('KILL', before.pod, before.record.pid, tools, signal);
  }
  await until(
    ({ record }) => record.restarts > before.record.restarts && record.state === 'running',
    Infinity,
  );

  async function until(isSo: (found: Found) => boolean, deadlineMs: number): Promise<void> {
    while (Date.now() < deadlineMs && !isSo(await find(name, container, tools, signal)))
      await tools.changed(signal);
  }
};

interface Found {
  readonly pod: PodRecord;
  readonly record: PodRecord['containers'][number];
}

const find = async (
  name: string,
  container: string,
  { pods }: RestartTools,
  signal: AbortSignal,
): Promise<Found> => {
  const pod = (await pods(signal)).find((each) => each.name === name);
  const record = pod?.containers.find((each) => each.name === container);
  if (pod === undefined || record === undefined) {
    throw new NetclaimsError({
      code: 'pod/not-found',
      what: pod === undefined ? `there is no pod ${name}` : `pod ${name} has no container ${container}`,
    });
  }
  if (pod.unreadable !== undefined) {
    throw new NetclaimsError({
      code: 'pod/no-process',
      what: `the process of container ${container} of pod ${name} is not known`,
      evidence: [pod.unreadable],
    });
  }
  return { pod, record };
};

const send = async (
  name: 'TERM' | 'KILL',
  pod: PodRecord,
  pid: number,
  { nodes }: RestartTools,
  signal: AbortSignal,
): Promise<void> => {
  const node = nodes.find((each) => each.name === pod.node);
  const argv = ['kill', `-${name}`, String(pid)];
  const result = await node?.exec({ argv, timeoutMs: killTimeoutMs }, signal);
  // One that has ended by itself meanwhile has done what it was told to.
  if (result === undefined || result.exitCode === 0 || /No such process/i.test(result.stderr)) return;
  throw new NetclaimsError({
    code: 'probe/kill-failed',
    what: `process ${pid} of pod ${pod.name} could not be told to end`,
    evidence: [result.stderr.trim()],
  });
};

const neverRestarted = (pod: string, container: string): NetclaimsError =>
  new NetclaimsError({
    code: 'pod/never-restarted',
    what: `container ${container} of pod ${pod} has no successor: its pod has restartPolicy: Never`,
    remedy: 'give the pod another restartPolicy',
  });
