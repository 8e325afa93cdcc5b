import { readdir, readFile, readlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { absent } from '../domain/absent.js';

/** What a run could leave on this machine. Each list is sorted. */
export interface Inventory {
  /** Processes of nodes and pods, and whatever lives in a node's cgroup: `PID COMMAND`. */
  readonly processes: readonly string[];
  /** Inodes of network namespaces that have processes. */
  readonly networkNamespaces: readonly string[];
  readonly mounts: readonly string[];
  readonly cgroups: readonly string[];
  readonly links: readonly string[];
  /** In the folders that container runtimes and this harness write to. */
  readonly files: readonly string[];
}

const ourCommands =
  /(^|\/)(containerd|containerd-shim\S*|runc|unshare|nginx:?|pause)( |$)|(init|underlay)\.sh|^sleep (10000|infinity)/;
const folders = [
  '/run/netclaims/clusters',
  '/run/netns',
  '/run/containerd',
  '/var/lib/cni',
  '/var/lib/containerd',
  '/tmp',
];

/** Counts all of it now. */
export const takeInventory = async (): Promise<Inventory> => {
  const pids = (await names('/proc')).filter((name) => /^[0-9]+$/.test(name));
  const [commands, namespaces, mounts, files, controllers, links] = await Promise.all([
    Promise.all(pids.map(commandOf)),
    Promise.all(pids.map((pid) => readlink(`/proc/${pid}/ns/net`).catch(() => ''))),
    readFile('/proc/self/mounts', 'utf8'),
    Promise.all(folders.map(async (folder) => (await names(folder)).map((name) => `${folder}/${name}`))),
    names('/sys/fs/cgroup'),
    names('/sys/class/net'),
  ]);
  const roots = ['/sys/fs/cgroup', ...controllers.map((name) => `/sys/fs/cgroup/${name}`)];
  const cgroups = await Promise.all(
    roots.map(async (root) =>
      (await names(root)).filter((name) => name.startsWith('netclaims')).map((name) => `${root}/${name}`),
    ),
  );
  return {
    processes: commands.filter((command) => ourCommands.test(command.replace(/^\d+ /, ''))).sort(),
    networkNamespaces: [...new Set(namespaces)].filter((name) => name !== '').sort(),
    mounts: mounts.trim().split('\n').sort(),
    cgroups: cgroups.flat().sort(),
    links: [...links].sort(),
    // Jest and npm keep temporary files of their own.
    files: files
      .flat()
      .filter((file) => !file.startsWith('/tmp/') || file.startsWith('/tmp/netclaims'))
      .sort(),
  };
};

/**
 * What is there now and was not before. The kernel takes apart the namespaces of ended processes in its own time, so it is given
 * a moment; whatever is left after that is a leak.
 */
export const leftSince = async (before: Inventory): Promise<readonly string[]> => {
  let left: readonly string[] = [];
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const now = await takeInventory();
    left = (Object.keys(now) as (keyof Inventory)[]).flatMap((kind) =>
      now[kind].filter((item) => !before[kind].includes(item)).map((item) => `${kind}: ${item}`),
    );
    if (left.length === 0) return [];
    await sleep(50);
  }
  return left;
};

const names = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder).catch(absent)) ?? [];

const commandOf = async (pid: string): Promise<string> => {
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return `${pid} ${line.replaceAll('\0', ' ').trim()}`;
};
