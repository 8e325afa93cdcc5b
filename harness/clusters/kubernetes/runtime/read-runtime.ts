import { randomBytes } from 'node:crypto';
import type { Node } from '../../../domain/cluster.js';
import { NetclaimsError } from '../../../domain/error.js';
import { at, listAt, textAt } from './json-walk.js';
import { readCrictlContainers, readCrictlSandboxes } from './read-crictl.js';
import { readCtrContainers, readCtrTasks } from './read-ctr.js';
import type { NodeNetwork, RuntimeRecords } from './runtime-record.js';
import { runtimeScript } from './runtime-script.js';

const timeoutMs = 20_000;

/**
 * Asks a node what its container runtime has of a namespace's pods, in one command.
 * @throws NetclaimsError when the command could not be run, or what came back is not whole
 */
export const readRuntime = async (
  node: Node,
  namespace: string,
  signal: AbortSignal,
): Promise<RuntimeRecords> => {
  const mark = randomBytes(16).toString('hex');
  const { exitCode, stdout, stderr } = await node.exec(
    {
      argv: ['sh', '-c', runtimeScript, 'netclaims-runtime'],
      stdin: `${mark}\n${namespace}\n`,
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
    return parseRuntime(stdout, mark);
  } catch (error) {
    throw unread(error instanceof Error ? error.message : String(error), error);
  }
};

/** Reads what the script prints. @throws Error when it is not whole: half of it could pass for a node with fewer pods */
export const parseRuntime = (output: string, mark: string): RuntimeRecords => {
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
  if (frames.has('ctr-containers')) {
    return { ...readCtrContainers(frame('ctr-containers'), readCtrTasks(frame('ctr-tasks'))), network };
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
