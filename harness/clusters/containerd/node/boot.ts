import { copyFile, open, readdir, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { absent } from '../../../domain/absent.js';
import { describeError } from '../../../domain/error.js';
import { packageFile } from '../../package-file.js';
import { containerdConfig, nodePaths } from './containerd-config.js';
import { holdProcess, type HeldProcess } from './held-process.js';
import type { OciRuntime } from './oci-runtime.js';

export interface BootOptions {
  /** The node's hostname: a DNS label. */
  readonly name: string;
  /** Of the cluster that it is for. */
  readonly mark: string;
  /** What the node has in /var/lib/containerd: a store that image-store.ts made, or one that has a folder `new` to be filled. */
  readonly store: string;
  readonly pauseImage: string;
  /** undefined for a node that is to run no pods. */
  readonly runtime: OciRuntime | undefined;
  /** The CNI configuration; undefined for a node that is to run no pods. */
  readonly conflist: { readonly file: string; readonly content: string } | undefined;
  /** A folder with CNI plugins to use before those that are installed. */
  readonly cniBinDir: string | undefined;
}

/** A node whose containerd has been started. Disposing of it ends all its processes, and with them its namespaces and mounts. */
export interface BootedNode extends AsyncDisposable {
  readonly name: string;
  /** Of its first process, as this machine counts. */
  readonly initPid: number;
  readonly ended: HeldProcess['ended'];
  readonly initStartTime: number;
  /** Lets the node go on when this process ends. */
  keep(): void;
}

/** A path on a node as this machine can open it. */
export const pathOnNode = (initPid: number, path: string): string => `/proc/${initPid}/root${path}`;

/**
 * Makes a node: namespaces of its own and a containerd in them.
 * Its first process lives as long as a pipe from this process stays open, so that a killed harness leaves no node.
 * @throws NetclaimsError `cluster/no-node`
 */
export const bootNode = async (options: BootOptions, signal: AbortSignal): Promise<BootedNode> => {
  const { name, store, mark } = options;
  const script = packageFile('harness', 'clusters', 'containerd', 'node', 'init.sh');
  const init = await holdProcess(
    ['--mount', '--uts', '--ipc', '--net'],
    [script, name, store],
    'the namespaces and mounts of a node',
    mark,
    signal,
  );
  try {
    await furnish(init.pid, options);
    init.say('start');
    return {
      name,
      initPid: init.pid,
      ended: init.ended,
      initStartTime: init.startTime,
      keep: () => init.keep(),
      [Symbol.asyncDispose]: () => init[Symbol.asyncDispose](),
    };
  } catch (error) {
    await init[Symbol.asyncDispose]();
    throw error;
  }
};

/** Where distributions and the plugins' own releases install them. */
export const cniBinDirs = ['/usr/lib/cni', '/opt/cni/bin'] as const;

const furnish = async (initPid: number, options: BootOptions): Promise<void> => {
  const on = (path: string) => pathOnNode(initPid, path);
  const { conflist, cniBinDir } = options;
  // Where distributions install none, the folder does not exist.
  const installed = (
    await Promise.all(cniBinDirs.map(async (folder) => (await filesIn(folder).catch(absent)) ?? []))
  ).flat();
  const own = cniBinDir === undefined ? [] : await filesIn(cniBinDir);
  const replaced = new Set(own.map((plugin) => basename(plugin)));
  const linked = new Map(installed.map((plugin) => [basename(plugin), plugin]));
  await Promise.all([
    writeFile(on(nodePaths.config), containerdConfig(options)),
    ...(conflist === undefined
      ? []
      : [writeFile(on(join(nodePaths.cniConfig, conflist.file)), conflist.content)]),
    ...[...linked]
      .filter(([name]) => !replaced.has(name))
      .map(([name, plugin]) => symlink(plugin, on(join(nodePaths.cniBin, name)))),
    // Copied, because the folder may be one that the node does not see.
    ...own.map((plugin) => copyFile(plugin, on(join(nodePaths.cniBin, basename(plugin))))),
  ]);
};

const filesIn = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => join(folder, entry.name));
};

/** The last lines of the node's containerd log, for an error's evidence. */
export const containerdLog = async (initPid: number, lines = 5): Promise<readonly string[]> => {
  const file = await open(pathOnNode(initPid, nodePaths.log)).catch((error: unknown) => describeError(error));
  if (typeof file === 'string') return [`its log cannot be read: ${file}`];
  await using log = file;
  const { size } = await log.stat();
  const length = Math.min(size, 16_384);
  const { buffer } = await log.read(Buffer.alloc(length), 0, length, size - length);
  return buffer.toString('utf8').trim().split('\n').slice(-lines);
};
