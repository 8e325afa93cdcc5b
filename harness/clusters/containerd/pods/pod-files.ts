import { chmod, mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { absent } from '../../../domain/absent.js';
import type { Node } from '../../../domain/cluster.js';
import { NetclaimsError } from '../../../domain/error.js';
import type { Mount } from '../cri/cri-types.js';
import { logPathOf } from './container-config.js';
import { hostsFile } from './hosts-file.js';
import { lastLogLines } from './log-lines.js';
import { logFolderOf, type PodIdentity } from './pod-identity.js';
import type { PodContainer } from './pod-manifest.js';
import { parseQuantity } from './quantity.js';

/** Where a node keeps what belongs to its pods: as a kubelet does. */
export const podPaths = { logs: '/var/log/pods', pods: '/var/lib/kubelet/pods' } as const;

/** What the folders of a pod are named by. */
export interface PodFileNames {
  readonly uid: string;
  readonly logFolder: string;
}

/** The files of pods on a node. */
export interface PodFiles {
  /** Makes the folders of a pod's logs and volumes. */
  make(identity: PodIdentity, signal: AbortSignal): Promise<void>;
  /** Writes the /etc/hosts that the pod's containers are to see. */
  writeHosts(identity: PodIdentity, podIps: readonly string[]): Promise<void>;
  /** What is mounted into a container. */
  mounts(identity: PodIdentity, container: PodContainer): readonly Mount[];
  /** The last lines that a container printed; none when there is no log. */
  lastLines(identity: PodIdentity, container: string, attempt: number): Promise<readonly string[]>;
  /** Removes all that was made for a pod. */
  remove(names: PodFileNames, signal: AbortSignal): Promise<void>;
}

const mountTimeoutMs = 10_000;
const shownLines = 10;
/** As much of a log's end as is read to show its last lines. */
const logTail = 65_536;

/** @param here the path by which this machine opens a path on the node */
export const podFilesOn = (node: Node, here: (path: string) => string): PodFiles => {
  const podFolder = (uid: string) => join(podPaths.pods, uid);
  const volume = (uid: string, name: string) =>
    join(podFolder(uid), 'volumes', 'kubernetes.io~empty-dir', name);

  const run = async (argv: readonly string[], signal: AbortSignal): Promise<void> => {
    const { exitCode, stderr } = await node.exec({ argv, timeoutMs: mountTimeoutMs }, signal);
    if (exitCode === 0) return;
    throw new NetclaimsError({
      code: 'pod/no-volume',
      what: `\`${argv.join(' ')}\` failed on node ${node.name}`,
      evidence: [stderr.trim()],
      remedy: 'see what the node says; a volume without `medium: Memory` needs no file system of its own',
    });
  };

  return {
    async make(identity, signal) {
      const { pod, uid } = identity;
      const containers = [...pod.initContainers, ...pod.containers];
      const logs = join(podPaths.logs, logFolderOf(identity));
      // First, and removed last: by it the sweep of a killed run finds the rest.
      await Promise.all(containers.map(({ name }) => mkdir(here(join(logs, name)), { recursive: true })));
      await Promise.all([
        mkdir(here(podFolder(uid)), { recursive: true }),
        ...(pod.spec.volumes ?? []).map(async ({ name, emptyDir }) => {
          const folder = volume(uid, name);
          await mkdir(here(folder), { recursive: true });
          if (emptyDir?.medium === 'Memory') {
            const size = parseQuantity(emptyDir.sizeLimit ?? '');
            const options = ['mode=0777', ...(size === undefined ? [] : [`size=${Math.ceil(size)}`])];
            await run(['mount', '-t', 'tmpfs', '-o', options.join(','), 'tmpfs', folder], signal);
          } else {
            await chmod(here(folder), 0o777);
          }
        }),
      ]);
    },

    writeHosts: (identity, podIps) =>
      writeFile(here(join(podFolder(identity.uid), 'etc-hosts')), hostsFile(identity, podIps)),

    mounts({ uid }, { volumeMounts = [] }) {
      const volumes = volumeMounts.map(({ name, mountPath, readOnly }) => ({
        containerPath: mountPath,
        hostPath: volume(uid, name),
        readonly: readOnly ?? false,
      }));
      const hosts = {
        containerPath: '/etc/hosts',
        hostPath: join(podFolder(uid), 'etc-hosts'),
        readonly: false,
      };
      return volumes.some(({ containerPath }) => containerPath === hosts.containerPath)
        ? volumes
        : [...volumes, hosts];
    },

    async lastLines(identity, container, attempt) {
      const path = join(podPaths.logs, logFolderOf(identity), logPathOf(container, attempt));
      return lastLogLines(await readTail(here(path)), shownLines);
    },

    async remove({ uid, logFolder }, signal) {
      const volumes = dirname(volume(uid, 'any'));
      const names = await readdir(here(volumes)).catch(absent);
      // Whether one has a file system of its own is not known of a pod that a killed predecessor made.
      if (names !== undefined) {
        const mounts = await readFile(here('/proc/1/mountinfo'), 'utf8');
        const points = new Set(mounts.split('\n').map((line) => line.split(' ')[4]));
        const mounted = names.map((name) => join(volumes, name)).filter((path) => points.has(path));
        if (mounted.length > 0) await run(['umount', '--lazy', ...mounted], signal);
      }
      for (const folder of [podFolder(uid), join(podPaths.logs, logFolder)]) {
        await rm(here(folder), { recursive: true, force: true });
      }
    },
  };
};

const readTail = async (path: string): Promise<string> => {
  const file = await open(path).catch(absent);
  if (file === undefined) return '';
  try {
    const { size } = await file.stat();
    const length = Math.min(size, logTail);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8');
  } finally {
    await file.close();
  }
};
