import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageFile } from '../../clusters/package-file.js';
import { docker, inEngine } from '../engine.js';
import { expectSuccess, startCli } from '../run-cli.js';
import { scratchFolder } from '../scratch-folder.js';

/** A cluster on kind with two nodes and the CNI plugin `bridge`, its administrator's means, and users with fewer. */
export interface KubeCluster {
  readonly name: string;
  readonly controlPlane: string;
  /** The administrator's, and what is in it. */
  readonly kubeconfig: string;
  readonly admin: string;
  /** For files of tests; it goes with the cluster. */
  readonly folder: string;
  /** kubectl with all rights, on the control plane. */
  readonly kubectl: (argv: readonly string[], input?: string) => string;
  /** A kubeconfig of a user whom the cluster knows by that name, until so many days from now, with the rights of these roles alone. */
  readonly kubeconfigOf: (user: string, days: number, ...roles: readonly string[]) => Promise<string>;
  /** The role of docs/rbac.yaml, which the cluster has from then on. */
  readonly applyRole: () => Promise<'netclaims'>;
  /** Removes it. @throws an error when something is left in the engine that was not there before */
  remove(): Promise<void>;
}

export const kubeCluster = async (): Promise<KubeCluster> => {
  const name = `e2e-${process.pid}`;
  const controlPlane = `${name}-control-plane`;
  const before = await inEngine();
  const folder = await scratchFolder();
  const make = ['cluster', 'up', '--cluster', 'kind', '--nodes', '2', '--cni', 'bridge', '--name', name];
  const up = await startCli(...make).ended;
  expectSuccess(up);
  const kubeconfig = /--kubeconfig (\S+)/.exec(up.stdout)?.[1] ?? '';
  const admin = await readFile(kubeconfig, 'utf8');

  const kubectl: KubeCluster['kubectl'] = (argv, input = '') =>
    execFileSync(
      'docker',
      ['exec', '--interactive', controlPlane, 'kubectl', '--kubeconfig=/etc/kubernetes/admin.conf', ...argv],
      { input, encoding: 'utf8' },
    );

  return {
    ...{ name, controlPlane, kubeconfig, admin, folder: folder.path, kubectl },

    async kubeconfigOf(user, days, ...roles) {
      for (const role of roles)
        kubectl([
          'create',
          'clusterrolebinding',
          `${user}-${role}`,
          `--clusterrole=${role}`,
          `--user=${user}`,
        ]);
      const pki = '/etc/kubernetes/pki';
      const script = [
        'set -e; cd "$(mktemp -d)"',
        'openssl req -new -newkey rsa:2048 -nodes -keyout key -subj "/CN=$1" -out csr',
        `openssl x509 -req -in csr -CA ${pki}/ca.crt -CAkey ${pki}/ca.key -set_serial "$RANDOM" -days "$2" -out crt`,
        'base64 --wrap=0 key; echo; base64 --wrap=0 crt',
      ].join('\n');
      const made = await docker('exec', controlPlane, 'bash', '-c', script, 'sign', user, String(days));
      const [key = '', certificate = ''] = made.split('\n');
      const file = join(folder.path, `${user}.kubeconfig`);
      const text = admin
        .replace(/client-certificate-data: \S+/, `client-certificate-data: ${certificate}`)
        .replace(/client-key-data: \S+/, `client-key-data: ${key}`);
      await writeFile(file, text, { mode: 0o600 });
      return file;
    },

    async applyRole() {
      kubectl(['apply', '--filename=-'], await readFile(packageFile('docs', 'rbac.yaml'), 'utf8'));
      return 'netclaims';
    },

    async remove() {
      const down = await startCli('cluster', 'down', name).ended;
      await folder[Symbol.asyncDispose]();
      const left = (await inEngine()).filter((line) => !before.includes(line));
      if (down.exitCode !== 0 || left.length > 0)
        throw new Error(`it was not removed:\n${down.stderr}\n${left.join('\n')}`);
    },
  };
};
