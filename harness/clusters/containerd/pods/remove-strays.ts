import { readdir, readFile } from 'node:fs/promises';
import type { Node } from '../../../domain/cluster.js';
import { NetclaimsError } from '../../../domain/error.js';
import { nodePaths } from '../node/containerd-config.js';
import { namespaceLabel } from './pod-identity.js';

const ctrTimeoutMs = 20_000;

/**
 * What containerd itself still has of a namespace. A process that is killed takes its calls back, and containerd's CRI then loses track of
 * what it had just begun: of a container whose task runs it says that it has ended, and of a sandbox nothing.
 */
export interface Strays {
  /** The ids of all containers and sandboxes. */
  list(signal: AbortSignal): Promise<readonly string[]>;
  /** Ends their processes, so that the CRI can remove those that it knows. */
  end(ids: readonly string[], signal: AbortSignal): Promise<void>;
  remove(ids: readonly string[], signal: AbortSignal): Promise<void>;
}

/** The strays of a namespace, as containerd's own client on the node tells and removes them. */
export const straysOf = (namespace: string, node: Node): Strays => {
  const ctr = ctrOn(node, `everything of ${namespace}`);
  return {
    async list(signal) {
      const filter = `labels."${namespaceLabel}"=="${namespace}"`;
      return lines(await ctr(['containers', 'list', '--quiet', filter], signal));
    },
    async end(ids, signal) {
      // Not all of them have a task, and of those that have none this is refused.
      for (const id of ids) await ctr(['tasks', 'delete', '--force', id], signal).catch(() => undefined);
    },
    async remove(ids, signal) {
      for (const id of ids) await ctr(['containers', 'delete', id], signal);
    },
  };
};

/**
 * Ends the shims that containerd had begun to start when the call for it was taken back: they serve nothing, and it does not know them.
 * @param here the path by which this machine opens a path on the node
 * @throws NetclaimsError `cluster/cleanup`
 */
export const endStrayShims = async (
  node: Node,
  here: (path: string) => string,
  signal: AbortSignal,
): Promise<void> => {
  const processes = (await readdir(here('/proc'))).filter((name) => /^[0-9]+$/.test(name));
  const shims = (await Promise.all(processes.map((pid) => shimOf(pid, here)))).flat();
  // Asked after the shims were seen: containerd notes a container before it starts a shim for it.
  const known = lines(await ctrOn(node, 'every shim')(['containers', 'list', '--quiet'], signal));
  const pids = shims.filter(({ id }) => !known.includes(id)).map(({ pid }) => pid);
  if (pids.length === 0) return;
  // One that was about to end by itself may be gone by now.
  await node.exec({ argv: ['kill', '-KILL', ...pids], timeoutMs: ctrTimeoutMs }, signal);
};

const shimOf = async (pid: string, here: (path: string) => string) => {
  const argv = (await readFile(here(`/proc/${pid}/cmdline`), 'utf8').catch(() => '')).split('\0');
  const at = argv.indexOf('-id');
  const id = argv[at + 1];
  const isShim = argv[0]?.includes('containerd-shim-') === true && at > 0;
  return isShim && id !== undefined ? [{ pid, id }] : [];
};

const ctrOn =
  (node: Node, what: string) =>
  async (argv: readonly string[], signal: AbortSignal): Promise<string> => {
    const command = ['ctr', `--address=${nodePaths.socket}`, '--namespace=k8s.io', ...argv];
    const { exitCode, stdout, stderr } = await node.exec({ argv: command, timeoutMs: ctrTimeoutMs }, signal);
    if (exitCode === 0) return stdout;
    throw new NetclaimsError({
      code: 'cluster/cleanup',
      what: `not ${what} could be removed`,
      evidence: [`${command.join(' ')}: ${stderr.trim()}`],
      remedy: 'remove the cluster with `netclaims cluster down`, and make another one',
    });
  };

const lines = (text: string): readonly string[] => text.split('\n').filter(Boolean);
