import type { Json } from '../../../domain/fact-types.js';
import type { ContainerRecord } from '../../../domain/pod-record.js';
import { at, netnsOf, numberAt, parseObjects, textAt } from './json-walk.js';
import type { RuntimeContainer, SandboxRecord } from './runtime-record.js';

/** The parts of containerd's records by which its CRI plugin remembers what is what. */
const kinds = {
  sandbox: 'io.cri-containerd.sandbox.metadata',
  container: 'io.cri-containerd.container.metadata',
};

interface Task {
  readonly pid: number;
  readonly status: string;
}

/** What `ctr tasks list` prints: a line each with id, pid and status. @throws Error when it is no such table */
export const readCtrTasks = (text: string): ReadonlyMap<string, Task> => {
  const [heading = '', ...lines] = text.trim().split('\n');
  if (!/^TASK\s+PID\s+STATUS/.test(heading)) throw new Error('what ctr printed is no list of tasks');
  return new Map(
    lines.map((line) => {
      const [id = '', pid = '', status = ''] = line.trim().split(/\s+/);
      return [id, { pid: Number(pid), status }];
    }),
  );
};

/** The records of `ctr containers info ID`, by their ids. */
export const parseCtrRecords = (text: string): ReadonlyMap<string, Json> =>
  new Map(parseObjects(text).map((record) => [textAt(record, 'ID'), record]));

/** What containerd's records say of a namespace's pods, sandboxes among them. */
export const readCtrContainers = (
  records: readonly Json[],
  tasks: ReadonlyMap<string, Task>,
): { readonly sandboxes: readonly SandboxRecord[]; readonly containers: readonly RuntimeContainer[] } => {
  return {
    sandboxes: records.flatMap((record) => {
      const metadata = metadataOf(record, kinds.sandbox);
      return metadata === undefined ? [] : [sandboxOf(record, metadata, tasks.get(textAt(record, 'ID')))];
    }),
    containers: records.flatMap((record) => {
      const metadata = metadataOf(record, kinds.container);
      return metadata === undefined ? [] : [containerOf(record, metadata, tasks.get(textAt(record, 'ID')))];
    }),
  };
};

const sandboxOf = (record: Json, metadata: Json, task: Task | undefined): SandboxRecord => {
  const ready = task?.status === 'RUNNING';
  return {
    id: textAt(record, 'ID'),
    podUid: textAt(record, 'Labels', 'io.kubernetes.pod.uid'),
    attempt: numberAt(metadata, 'Config', 'metadata', 'attempt'),
    ready,
    pid: ready ? task.pid : -1,
    image: textAt(record, 'Image'),
    netnsPath: textAt(metadata, 'NetNSPath') || netnsOf(at(record, 'Spec')),
    cniResult: (at(metadata, 'CNIResult') ?? null) as Json,
  };
};

const containerOf = (record: Json, metadata: Json, task: Task | undefined): RuntimeContainer => {
  const state = stateOf(task);
  return {
    id: textAt(record, 'ID'),
    podUid: textAt(record, 'Labels', 'io.kubernetes.pod.uid'),
    name: textAt(record, 'Labels', 'io.kubernetes.container.name'),
    attempt: numberAt(metadata, 'Config', 'metadata', 'attempt'),
    state,
    pid: state === 'running' ? (task?.pid ?? -1) : -1,
  };
};

/** A container that has ended has no task any more; one without a task may also be one that was not started yet. */
const stateOf = (task: Task | undefined): ContainerRecord['state'] => {
  switch (task?.status) {
    case 'RUNNING':
      return 'running';
    case 'CREATED':
      return 'created';
    case undefined:
    case 'STOPPED':
      return 'exited';
    default:
      return 'unknown';
  }
};

/** containerd keeps what the plugin remembers as base64 of JSON: `{Version, Metadata}`. */
const metadataOf = (record: Json, kind: string): Json | undefined => {
  const encoded = textAt(record, 'Extensions', kind, 'value');
  if (encoded === '') return undefined;
  const value = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as Json;
  return (at(value, 'Metadata') ?? null) as Json;
};
