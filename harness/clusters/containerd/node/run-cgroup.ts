import { readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { allDone } from '../../../domain/all-done.js';
import { NetclaimsError } from '../../../domain/error.js';
import {
  identityOf,
  identityPattern,
  identityText,
  mayLive,
  type ProcessIdentity,
} from '../../process-identity.js';

const prefix = 'netclaims-';
const mountPoint = '/sys/fs/cgroup';

/** Where the cgroup hierarchies of this machine are mounted. */
type Hierarchies = () => Promise<readonly string[]>;

/**
 * The cgroup below which a node's pods are, `/netclaims-PID-STARTTIME-PIDNAMESPACE-NODE`: it is the one thing of a node that the kernel does not
 * remove with the node's processes, so its name says whose it is. Right below the root, since removing a shared parent would race with
 * another run that is about to use it.
 */
export const cgroupOf = (owner: ProcessIdentity, node: string): string =>
  `/${prefix}${identityText(owner)}-${node}`;

/**
 * Removes a node's cgroup from every hierarchy (v1 has one per controller). The node's processes must have ended.
 * @throws NetclaimsError `cluster/cleanup`
 */
export const removeCgroup = async (cgroup: string, mounted: Hierarchies = hierarchies): Promise<void> => {
  const roots = await mounted();
  await allDone(roots.map((root) => removeTree(join(root, cgroup))));
};

/**
 * Removes the cgroups of nodes whose owner has ended; one that cannot be removed keeps no other from it.
 * @throws NetclaimsError `cluster/cleanup`
 */
export const sweepCgroups = async (mounted: Hierarchies = hierarchies): Promise<void> => {
  const roots = await mounted();
  await allDone(
    roots.map(async (root) => {
      const names = await readdir(root);
      await allDone(
        names.map(async (name) => {
          const match = new RegExp(`^${prefix}${identityPattern}-`).exec(name);
          if (match === null || (await mayLive(identityOf(...match.slice(1))))) return;
          await removeTree(join(root, name));
        }),
      );
    }),
  );
};

const hierarchies: Hierarchies = async () => hierarchiesIn(await readFile('/proc/self/mountinfo', 'utf8'));

/**
 * The hierarchies that a mountinfo (proc_pid_mountinfo(5)) has: the mount point itself for cgroup v2, the controllers' folders below it
 * for v1, both for the hybrid layout.
 */
export const hierarchiesIn = (mounts: string): readonly string[] => {
  const points = mounts.split('\n').flatMap((line) => {
    const [before = '', after = ''] = line.split(' - ');
    const point = before.split(' ')[4] ?? '';
    return /^cgroup2? /.test(after) && (point === mountPoint || point.startsWith(`${mountPoint}/`))
      ? [point]
      : [];
  });
  return [...new Set(points)];
};

/** A cgroup's folder holds only files that vanish with it and the folders of its children. */
const removeTree = async (folder: string): Promise<void> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch(gone);
  if (entries === undefined) return;
  await thaw(folder, new Set(entries.map(({ name }) => name)));
  await allDone(
    entries.filter((entry) => entry.isDirectory()).map((entry) => removeTree(join(folder, entry.name))),
  );
  await removeFolder(folder);
};

/**
 * A runtime freezes a container before it kills it. When the runtime itself is killed then, the container's processes cannot end before
 * somebody thaws them, not even by SIGKILL (cgroup v1: freezer.state, v2: cgroup.freeze).
 */
const thaw = async (folder: string, files: ReadonlySet<string>): Promise<void> => {
  if (files.has('freezer.state')) await writeFile(join(folder, 'freezer.state'), 'THAWED').catch(gone);
  if (files.has('cgroup.freeze')) await writeFile(join(folder, 'cgroup.freeze'), '0').catch(gone);
};

/** The processes of a killed node take a moment to end, and cgroup v1 tells nobody when the last of them has. */
const patience = { tries: 250, pauseMs: 20 };

const removeFolder = async (folder: string): Promise<void> => {
  for (let left = patience.tries; ; left -= 1) {
    try {
      await rmdir(folder);
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return;
      if (code !== 'EBUSY' || left === 0) throw await notRemoved(folder, error);
    }
    await sleep(patience.pauseMs);
  }
};

const notRemoved = async (folder: string, cause: unknown): Promise<NetclaimsError> => {
  const processes = await readFile(join(folder, 'cgroup.procs'), 'utf8').catch(() => '');
  const pids = processes.split('\n').filter(Boolean);
  return new NetclaimsError({
    code: 'cluster/cleanup',
    what: `the cgroup ${folder} could not be removed`,
    evidence: [
      cause instanceof Error ? cause.message : String(cause),
      ...pids.slice(0, 5).map((pid) => `process ${pid} is in it`),
    ],
    remedy:
      pids.length === 0 ? 'see who holds it' : `end what is in it: \`kill ${pids.slice(0, 5).join(' ')}\``,
    cause,
  });
};

const gone = (error: NodeJS.ErrnoException): undefined => {
  if (error.code === 'ENOENT') return undefined;
  throw error;
};
