import { runCommand } from '../../command.js';
import { findCommand } from '../../find-command.js';

/** What starts a node's containers, below containerd's shim. */
export interface OciRuntime {
  /** As reports show it, such as `crun 1.8.1` or `runc 1.1.5`. */
  readonly name: string;
  readonly path: string;
}

const versionTimeoutMs = 5_000;

/**
 * crun where it is installed, else runc: a pod made and removed by crun costs a third of the processor time. A crun older than 1.8 refuses
 * what containerd 1.7 writes (`unknown version specified`), and is passed over.
 */
export const ociRuntime = async (signal: AbortSignal): Promise<OciRuntime | undefined> => {
  const [crun, runc] = await Promise.all([installed('crun', signal), installed('runc', signal)]);
  return crun !== undefined && isRecent(crun.name) ? crun : runc;
};

const installed = async (command: string, signal: AbortSignal): Promise<OciRuntime | undefined> => {
  const path = await findCommand(command);
  if (path === undefined) return undefined;
  const { stdout } = await runCommand([path, '--version'], { timeoutMs: versionTimeoutMs }, signal);
  return { path, name: nameIn(command, stdout) };
};

/** The first line of `--version` is `crun version 1.8.1`, `runc version 1.1.5+ds1`. */
export const nameIn = (command: string, printed: string): string => {
  const [, version] = /version (\S+)/.exec(printed) ?? [];
  return version === undefined ? command : `${command} ${version}`;
};

export const isRecent = (name: string): boolean => {
  const [, major = '0', minor = '0'] = / (\d+)\.(\d+)/.exec(name) ?? [];
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 8);
};
