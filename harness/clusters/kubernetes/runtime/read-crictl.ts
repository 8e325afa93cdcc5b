import type { Json } from '../../../domain/fact-types.js';
import { at, netnsOf, numberAt, parseObjects, textAt } from './json-walk.js';
import type { RuntimeContainer, SandboxRecord } from './runtime-record.js';

const uidLabel = 'io.kubernetes.pod.uid';

/** What `crictl inspectp -o json ID …` prints. containerd and CRI-O differ in what they have under `info`. */
export const readCrictlSandboxes = (text: string): readonly SandboxRecord[] =>
  parseObjects(text).map((each) => {
    const status = required(each, 'status');
    const ready = textAt(status, 'state') === 'SANDBOX_READY';
    const pid = numberAt(each, 'info', 'pid');
    return {
      id: textAt(status, 'id'),
      podUid: textAt(status, 'metadata', 'uid') || textAt(status, 'labels', uidLabel),
      attempt: numberAt(status, 'metadata', 'attempt'),
      ready,
      pid: ready && pid > 0 ? pid : -1,
      image: textAt(each, 'info', 'image') || textAt(each, 'info', 'config', 'image', 'image'),
      netnsPath: at(each, 'info', 'netNSClosed') === true ? '' : netnsOf(at(each, 'info', 'runtimeSpec')),
      cniResult: cniResultOf(each),
    };
  });

/** What `crictl inspect -o json ID …` prints. */
export const readCrictlContainers = (text: string): readonly RuntimeContainer[] =>
  parseObjects(text).map((each) => {
    const status = required(each, 'status');
    const state = states[textAt(status, 'state')] ?? 'unknown';
    const pid = numberAt(each, 'info', 'pid');
    return {
      id: textAt(status, 'id'),
      podUid: textAt(status, 'labels', uidLabel),
      name: textAt(status, 'metadata', 'name'),
      attempt: numberAt(status, 'metadata', 'attempt'),
      state,
      pid: state === 'running' && pid > 0 ? pid : -1,
    };
  });

const states: Readonly<Record<string, RuntimeContainer['state']>> = {
  CONTAINER_CREATED: 'created',
  CONTAINER_RUNNING: 'running',
  CONTAINER_EXITED: 'exited',
};

const cniResultOf = (sandbox: Json): Json => {
  const result = at(sandbox, 'info', 'cniResult');
  if (result !== undefined) return result as Json;
  const annotation = textAt(sandbox, 'status', 'annotations', 'io.kubernetes.cri-o.CNIResult');
  return annotation === '' ? null : (JSON.parse(annotation) as Json);
};

const required = (object: Json, key: string): unknown => {
  const value = at(object, key);
  if (value === undefined) throw new Error(`what crictl printed has no \`${key}\``);
  return value;
};
