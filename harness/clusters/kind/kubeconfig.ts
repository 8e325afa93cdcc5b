import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dump, load } from 'js-yaml';
import { absent } from '../../domain/absent.js';
import { NetclaimsError } from '../../domain/error.js';
import { requireOwnState, stateParts } from '../state-folder.js';
import { formatOwner, parseOwner, type Owner, type OwnerState } from './ownership/owner.js';

interface KubeConfig {
  readonly clusters: readonly { readonly cluster: { readonly server: string } }[];
  readonly users: readonly { readonly user: object }[];
}

/**
 * The administrator's configuration of a node, for use from outside: with the server's address there, and the names that `kind` gives
 * (`kind-NAME`), so that it can be merged with others.
 */
export const outsideKubeConfig = (adminConf: string, cluster: string, server: string): string => {
  const config = load(adminConf) as Partial<KubeConfig> | undefined;
  const [known] = config?.clusters ?? [];
  const [admin] = config?.users ?? [];
  if (known === undefined || admin === undefined) {
    throw new NetclaimsError({
      code: 'cluster/no-admin-conf',
      what: `the control plane of ${cluster} has no usable /etc/kubernetes/admin.conf`,
      remedy: `remove the cluster with \`netclaims cluster down ${cluster}\`, and make it again`,
    });
  }
  const name = `kind-${cluster}`;
  return dump(
    {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name, cluster: { ...known.cluster, server } }],
      users: [{ name, user: admin.user }],
      contexts: [{ name, context: { cluster: name, user: name } }],
      'current-context': name,
      preferences: {},
    },
    { lineWidth: -1 },
  );
};

/** The kubeconfig files of a machine's kind clusters, below `<stateDir>/kind`. Each is a password: only its user may read it. */
export interface KubeConfigFiles {
  /** @param owner with whom the file goes; undefined for that of a cluster that is kept */
  write(cluster: string, content: string, owner: Owner | undefined): Promise<string>;
  pathOf(cluster: string): string;
  remove(cluster: string): Promise<void>;
  /** Removes those whose owner has ended. */
  sweep(stateOf: (owner: Owner) => Promise<OwnerState>): Promise<void>;
}

const ownerLine = '# of process ';

export const kubeConfigFiles = (stateDir: string): KubeConfigFiles => {
  const folder = join(stateDir, stateParts.kubeconfigs);
  const pathOf = (cluster: string) => join(folder, `${cluster}.kubeconfig`);
  return {
    pathOf,
    async write(cluster, content, owner) {
      await requireOwnState(stateDir);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const head = owner === undefined ? '' : `${ownerLine}${formatOwner(owner)}\n`;
      const path = pathOf(cluster);
      const temporary = join(folder, `.${cluster}`);
      await writeFile(temporary, head + content, { mode: 0o600 });
      await rename(temporary, path);
      return path;
    },
    remove: (cluster) => rm(pathOf(cluster), { force: true }),
    async sweep(stateOf) {
      await requireOwnState(stateDir);
      const files = (await readdir(folder).catch(absent)) ?? [];
      for (const file of files.filter((name) => name.endsWith('.kubeconfig'))) {
        const text = await readFile(join(folder, file), 'utf8');
        const [first = ''] = text.split('\n', 1);
        const owner = first.startsWith(ownerLine) ? parseOwner(first.slice(ownerLine.length)) : undefined;
        if (owner !== undefined && (await stateOf(owner)) === 'ended')
          await rm(join(folder, file), { force: true });
      }
    },
  };
};
