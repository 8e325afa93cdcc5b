import { randomBytes } from 'node:crypto';
import type { Node } from '../../../domain/cluster.js';
import type { Json } from '../../../domain/fact-types.js';
import { NetclaimsError } from '../../../domain/error.js';
import { at, listAt, textAt } from './json-walk.js';
import { readCrictlContainers, readCrictlSandboxes } from './read-crictl.js';
import { parseCtrRecords, readCtrContainers, readCtrTasks } from './read-ctr.js';
import type { NodeNetwork, RuntimeRecords } from './runtime-record.js';
import { runtimeScript } from './runtime-script.js';

const timeoutMs = 20_000;

/** Asks nodes what their container runtimes have of a namespace's pods. */
export type RuntimeReader = (node: Node, namespace: string, signal: AbortSignal) => Promise<RuntimeRecords>;

/**
 * A reader that remembers the records that do not change. It asks a node by one command.
 * @throws NetclaimsError when the command could not be run, or what came back is not whole
 */
export const runtimeReader = (): RuntimeReader => {
  const known = new Map<string, Json>();
  return (node, namespace, signal) => ask(node, namespace, known, signal);
};

const ask = async (
  node: Node,
  namespace: string,
  known: Map<string, Json>,
  signal: AbortSignal,
): Promise<RuntimeRecords> => {
  const mark = randomBytes(16).toString('hex');
  const { exitCode, stdout, stderr } = await node.exec(
    {
      argv: ['sh', '-c', runtimeScript, 'netclaims-runtime'],
      stdin: `${mark}\n${namespace}\n${[...known.keys()].join(' ')}\n`,
      timeoutMs,
    },
    signal,
  );
  const unread = (what: string, cause?: unknown) =>
    new NetclaimsError({
      code: 'probe/runtime',
      what: `the container runtime of node ${node.name} could not be read: ${what}`,
      evidence: stderr.trim().split('\n').slice(-3).filter(Boolean),
      remedy: 'see that the node has crictl, or containerd with its ctr',
      cause,
    });
  if (exitCode !== 0) throw unread(`the command ended with ${exitCode}`);
  try {
    return parseRuntime(stdout, mark, known);
  } catch (error) {
    throw unread(error instanceof Error ? error.message : String(error), error);
  }
};

/** Reads what the script prints. @throws Error when it is not whole: half of it could pass for a node with fewer pods */
export const parseRuntime = (
  output: string,
  mark: string,
  known: Map<string, Json> = new Map<string, Json>(),
): RuntimeRecords => {
  const [before, ...parts] = output.split(mark);
  if (before !== '') throw new Error('something stands before the first frame');
  if (parts.at(-1)?.trim() !== 'end:') throw new Error('the last frames are missing');
  const frames = new Map(
    parts.map((part) => {
      const colon = part.indexOf(':');
      return [part.slice(0, colon), part.slice(colon + 1)];
    }),
  );
  const frame = (name: string): string => {
    const text = frames.get(name);
    if (text === undefined) throw new Error(`the frame ${name} is missing`);
    return text;
  };
  const network = readNetwork(frames.get('cni'));
  if (frames.has('ctr-ids')) {
    for (const [id, record] of parseCtrRecords(frame('ctr-containers'))) known.set(id, record);
    const records = frame('ctr-ids')
      .split(/\s+/)
      .filter(Boolean)
      .map((id) => {
        const record = known.get(id);
        if (record === undefined) throw new Error(`the record of container ${id} is missing`);
        return record;
      });
    return { ...readCtrContainers(records, readCtrTasks(frame('ctr-tasks'))), network };
  }
  return {
    sandboxes: readCrictlSandboxes(frame('crictl-sandboxes')),
    containers: readCrictlContainers(frame('crictl-containers')),
    network,
  };
};

const readNetwork = (configuration: string | undefined): NodeNetwork => {
  if (configuration === undefined) return { name: '', plugins: [] };
  const file = JSON.parse(configuration) as unknown;
  const plugins = at(file, 'plugins') === undefined ? [file] : listAt(file, 'plugins');
  return { name: textAt(file, 'name'), plugins: plugins.map((plugin) => textAt(plugin, 'type')) };
};
