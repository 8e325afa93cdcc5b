import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Node } from '../../domain/cluster.js';
import { openKubectl } from './open-kubectl.js';

/** Stands for kubectl where none is: its `config view` prints its options, `set-context` writes them down, all else tells where it is. */
const stub = `#!/bin/sh
case "$*" in
  *'config view'*) [ "$2" != /missing ] || { echo 'no such file' >&2; exit 1; }; echo "view $*" ;;
  *set-context*) echo "set $*" >>"$2" ;;
  *) pwd; cat "$KUBECONFIG"; ls ;;
esac
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kubectl-'));
  await writeFile(join(folder, 'kubectl'), stub);
  await chmod(join(folder, 'kubectl'), 0o755);
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const always = new AbortController().signal;

const where = (): Pick<Node, 'name' | 'exec' | 'replay'> => ({
  name: 'here',
  exec: ({ argv: [file = '', ...args], stdin = '' }) => {
    const env = { PATH: `${folder}:/usr/bin:/bin`, TMPDIR: folder };
    const { status, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8', input: stdin, env });
    return Promise.resolve({ exitCode: status ?? -1, stdout, stderr });
  },
  replay: ({ argv }) => argv.join(' '),
});
const open = (...options: readonly string[]) =>
  openKubectl({ where: where(), options, onlyKubectl: true }, 'ns', always);

describe('openKubectl', () => {
  it('gives commands a kubeconfig with the namespace, and the files of the document', async () => {
    const kubectl = await open('--kubeconfig', '/admin.conf', '--context', 'c');
    if (kubectl === undefined) throw new Error('there is one');
    await kubectl.shell.save('pods/web.yaml', 'kind: Pod\n', always);
    const { stdout } = await kubectl.shell.exec(
      { argv: ['kubectl', 'get', 'pods'], timeoutMs: 5_000 },
      always,
    );
    const [own, view, set, files] = stdout.split('\n');
    expect(own).toMatch(/^\/.*\/tmp\./);
    expect(view).toBe('view --kubeconfig /admin.conf --context c config view --raw --minify --flatten');
    expect(set).toMatch(/config set-context --current --namespace ns$/);
    expect(files).toBe('pods');
    expect(kubectl.shell.replay({ argv: ['kubectl', 'get', 'pods'] })).toBe('kubectl get pods');
    await kubectl[Symbol.asyncDispose]();
    expect(await readdir(folder)).toEqual(['kubectl']);
  });

  it('says why kubectl does not reach the cluster, and leaves nothing', async () => {
    await expect(open('--kubeconfig', '/missing')).rejects.toMatchObject({
      code: 'cluster/no-kubectl',
      evidence: ['no such file'],
    });
    expect(await readdir(folder)).toEqual(['kubectl']);
  });

  it('is nothing where there is no Kubernetes API', async () => {
    expect(await openKubectl(undefined, 'ns', always)).toBeUndefined();
  });
});
