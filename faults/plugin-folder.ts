import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageFile } from '../harness/clusters/package-file.js';
import type { Fault } from './fault.js';

/** A folder for `--cni-bin-dir` in which a fault stands before the plugin of its name. Disposing of it removes it. */
export const pluginFolder = async ({
  plugin,
  script,
}: Pick<Fault, 'plugin' | 'script'>): Promise<AsyncDisposable & { readonly path: string }> => {
  const path = await mkdtemp(join(tmpdir(), 'netclaims-fault-'));
  const dispose = () => rm(path, { recursive: true, force: true });
  try {
    await copyFile(packageFile('faults', 'plugin.sh'), join(path, plugin));
    await writeFile(join(path, 'fault'), script);
    return { path, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
};
