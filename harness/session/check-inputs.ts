import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { NetclaimsError } from '../domain/error.js';
import type { FailureCode } from '../domain/failure-codes.js';
import { checkInput, reasonOf } from '../domain/input-file.js';
import type { ClusterRequest } from './open-cluster.js';

/**
 * Refuses, before anything is made, what a request names and is not there, or is not what it has to be. A missing folder of plugins read as
 * an empty one gives verdicts about other plugins.
 * @throws NetclaimsError `usage/…`
 */
export const checkInputs = async ({
  cni,
  cniBinDir,
  load,
  kubeconfig,
}: Pick<ClusterRequest, 'cni' | 'cniBinDir' | 'load' | 'kubeconfig'>): Promise<void> => {
  if (cniBinDir !== undefined) await checkPlugins(cniBinDir);
  for (const file of load) {
    await checkFile('--load', file, 'usage/no-archive', 'name an image archive, as `docker save` writes one');
  }
  if (kubeconfig !== undefined) {
    await checkFile('--kubeconfig', kubeconfig, 'usage/kubeconfig', 'name a kubeconfig file');
  }
  if (cni !== undefined && /\.(conflist|json|ya?ml)$/.test(cni)) {
    await checkFile('--cni', cni, 'usage/no-network', 'name a file with the configuration of a network');
  }
};

const checkFile = async (option: string, file: string, code: FailureCode, remedy: string): Promise<void> => {
  const wrong = await checkInput(file);
  if (wrong !== undefined)
    throw new NetclaimsError({ code, what: `${option} ${file} ${wrong.reason}`, remedy });
};

const checkPlugins = async (folder: string): Promise<void> => {
  const refuse = (reason: string): NetclaimsError =>
    new NetclaimsError({
      code: 'usage/no-plugins',
      what: `--cni-bin-dir ${folder} ${reason}`,
      remedy: 'name a folder with the CNI plugins to test',
    });
  let found;
  try {
    found = await stat(folder);
  } catch (error) {
    throw refuse(reasonOf(error));
  }
  if (!found.isDirectory()) throw refuse('is not a folder');
  let names: readonly string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    throw refuse(reasonOf(error));
  }
  const kinds = await Promise.all(
    names.map(async (name) => ({
      name,
      file: await stat(join(folder, name)).catch((error: unknown) => {
        throw refuse(`has ${name}, which ${reasonOf(error)}`);
      }),
    })),
  );
  const odd = kinds.find(({ file }) => !file.isFile() && !file.isDirectory());
  if (odd !== undefined) throw refuse(`has ${odd.name}, which is not a file`);
  const executable = 0o111;
  if (!kinds.some(({ file }) => file.isFile() && (file.mode & executable) !== 0)) {
    throw refuse('has no plugin: no file in it can be executed');
  }
};
