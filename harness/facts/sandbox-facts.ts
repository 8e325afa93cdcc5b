import { isUnreadable, unreadable, type Facts, type Unreadable } from '../domain/fact-types.js';
import type { ContainerRecord, PodRecord } from '../domain/pod-record.js';
import type { ReadInode } from './node-reading.js';
import { parseProcess, processArgv, type ProcessState } from './processes.js';
import type { Readings } from './readings.js';

/** Where a process shows its netns. */
export const netnsOfProcess = (pid: number): string => `/proc/${pid}/ns/net`;

/** The sandbox as the kernel has it: a pause process that is not there is one that does not run, whatever the runtime recorded. */
export const sandboxFacts = (
  path: string,
  { id, pid, image }: PodRecord['sandbox'],
  readings: Readings,
  readInode: ReadInode,
): Facts<'Sandbox'> => {
  const state = processState([`${path}.sandbox`], pid, 'command', readings);
  if (isUnreadable(state)) {
    return { id, image, pid: state, command: state, alive: state, netns: { inode: state } };
  }
  if (state.kind !== 'running') {
    return { id, image, pid: -1, command: '', alive: false, netns: { inode: -1 } };
  }
  const inode = readInode([`${path}.sandbox.netns`], netnsOfProcess(pid));
  return { id, image, pid, command: state.command, alive: true, netns: { inode } };
};

/**
 * A container as the runtime recorded it and the kernel has it. One whose process ended in between is neither the recorded one nor yet
 * another: what the record says of its process is unreadable then.
 */
export const containerFacts = (
  path: string,
  record: ContainerRecord,
  readings: Readings,
  readInode: ReadInode,
): Facts<'Container'> => {
  const { id, pid, image, restarts, state } = record;
  if (pid <= 0) return { id, pid: -1, image, restarts, state, netns: { inode: -1 } };
  const own = `${path}.containers.${record.name}`;
  const process = processState([own], pid, 'state', readings);
  if (isUnreadable(process)) {
    return { id, pid: process, image, restarts, state: process, netns: { inode: process } };
  }
  if (process.kind !== 'running') {
    const ended = unreadable(`process ${pid} of container ${record.name} ended while the facts were read`);
    return { id, pid: ended, image, restarts, state: ended, netns: { inode: ended } };
  }
  const inode = readInode([`${own}.netns`], netnsOfProcess(pid));
  return { id, pid, image, restarts, state, netns: { inode } };
};

const processState = (
  paths: readonly string[],
  pid: number,
  want: 'state' | 'command',
  readings: Readings,
): ProcessState | Unreadable =>
  pid <= 0 ? { kind: 'none' } : readings.read(paths, { argv: processArgv(pid, want) }, parseProcess);
