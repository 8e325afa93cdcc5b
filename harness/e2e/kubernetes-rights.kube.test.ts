import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Observation } from '../domain/observation.js';
import type { Report } from '../domain/report.js';
import { packageFile } from '../clusters/package-file.js';
import { docker, inEngine } from './engine.js';
import { founding } from './founding.js';
import { startCli } from './run-cli.js';
import { scratchFolder } from './scratch-folder.js';

const minutes = (count: number) => count * 60_000;
const cluster = `rights-${process.pid}`;
const controlPlane = `${cluster}-control-plane`;
const run = (...args: readonly string[]) => startCli(...args).ended;

let folder: Awaited<ReturnType<typeof scratchFolder>>;
let before: readonly string[];
let admin: string;
beforeAll(async () => {
  folder = await scratchFolder();
  before = await inEngine();
  const up = await run('cluster', 'up', '--cluster', 'kind', '--name', cluster);
  expect(up).toMatchObject({ exitCode: 0 });
  admin = await readFile(/--kubeconfig (\S+)/.exec(up.stdout)?.[1] ?? '', 'utf8');
}, minutes(4));
afterAll(async () => {
  expect(await run('cluster', 'down', cluster)).toMatchObject({ exitCode: 0 });
  expect(await inEngine()).toEqual(before);
  await folder[Symbol.asyncDispose]();
}, minutes(2));

/** kubectl with all rights, on the control plane. */
const kubectl = (argv: readonly string[], input = ''): string =>
  execFileSync(
    'docker',
    ['exec', '--interactive', controlPlane, 'kubectl', '--kubeconfig=/etc/kubernetes/admin.conf', ...argv],
    { input, encoding: 'utf8' },
  );

/** A kubeconfig of a user whom the cluster knows by that name, until so many days from now, with the rights of these roles alone. */
const kubeconfigOf = async (user: string, days: number, ...roles: readonly string[]): Promise<string> => {
  for (const role of roles)
    kubectl(['create', 'clusterrolebinding', `${user}-${role}`, `--clusterrole=${role}`, `--user=${user}`]);
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
};

const as = (kubeconfig: string) => ['--cluster', 'kubeconfig', '--kubeconfig', kubeconfig] as const;

describe('a user with the ClusterRole of docs/rbac.yaml', () => {
  it(
    'can run scenarios, and leaves nothing',
    async () => {
      kubectl(['apply', '--filename=-'], await readFile(packageFile('docs', 'rbac.yaml'), 'utf8'));
      const kubeconfig = await kubeconfigOf('alice', 1, 'netclaims');
      const file = join(folder.path, 'alice.json');
      const { exitCode, stdout, stderr } = await run(
        'verify',
        ...founding,
        'scenarios/kubernetes',
        ...as(kubeconfig),
        '--report',
        `json=${file}`,
      );
      if (exitCode !== 0) throw new Error(`it ended with ${exitCode ?? 'a signal'}:\n${stdout}\n${stderr}`);
      const { totals } = JSON.parse(await readFile(file, 'utf8')) as Report;
      expect(totals).toMatchObject({ refuted: 0, vacuous: 0, unknown: 0 });
      expect(totals.holds).toBeGreaterThan(15);
      expect(kubectl(['get', 'namespaces', '--output=name'])).not.toContain('netclaims');
    },
    minutes(8),
  );
});

describe('a user without rights', () => {
  it('is told which verb is missing', async () => {
    const { exitCode, stderr } = await run('facts', ...as(await kubeconfigOf('nobody', 1)));
    expect(exitCode).toBe(2);
    expect(stderr).toContain('cluster/forbidden: the user of the context ');
    expect(stderr).toContain('may not list nodes');
    expect(stderr).toContain('docs/rbac.yaml');
  });
});

describe('a user who may not make privileged pods', () => {
  const policies = `
apiVersion: policy/v1beta1
kind: PodSecurityPolicy
metadata: { name: all }
spec:
  privileged: true
  allowPrivilegeEscalation: true
  allowedCapabilities: ['*']
  volumes: ['*']
  hostNetwork: true
  hostPID: true
  hostIPC: true
  hostPorts: [{ min: 0, max: 65535 }]
  runAsUser: { rule: RunAsAny }
  seLinux: { rule: RunAsAny }
  supplementalGroups: { rule: RunAsAny }
  fsGroup: { rule: RunAsAny }
---
apiVersion: policy/v1beta1
kind: PodSecurityPolicy
metadata: { name: plain }
spec:
  privileged: false
  volumes: ['*']
  runAsUser: { rule: RunAsAny }
  seLinux: { rule: RunAsAny }
  supplementalGroups: { rule: RunAsAny }
  fsGroup: { rule: RunAsAny }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: all-pods }
rules: [{ apiGroups: [policy], resources: [podsecuritypolicies], verbs: [use], resourceNames: [all] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: plain-pods }
rules: [{ apiGroups: [policy], resources: [podsecuritypolicies], verbs: [use], resourceNames: [plain] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: all-pods }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: all-pods }
subjects:
  - { apiGroup: rbac.authorization.k8s.io, kind: Group, name: system:nodes }
  - { apiGroup: rbac.authorization.k8s.io, kind: Group, name: system:serviceaccounts:kube-system }
`;

  it(
    'gets what the API alone can give, and `unknown` for the rest with the reason',
    async () => {
      kubectl(['apply', '--filename=-'], policies);
      kubectl(['apply', '--filename=-'], await readFile(packageFile('docs', 'rbac.yaml'), 'utf8'));
      // The kubelet starts the API server anew with it, and only then is a policy asked for.
      const manifest = '/etc/kubernetes/manifests/kube-apiserver.yaml';
      const edit = 's/--enable-admission-plugins=[A-Za-z,]*/&,PodSecurityPolicy/';
      await docker('exec', controlPlane, 'sed', '--in-place', edit, manifest);
      const kubeconfig = await kubeconfigOfLate('bob');

      const answer = await run(
        'facts',
        packageFile('manifests', 'two-idle-pods.yaml'),
        ...[...as(kubeconfig), '--output', 'json'],
      );
      expect(answer).toMatchObject({ exitCode: 0 });
      const { pods } = JSON.parse(answer.stdout) as Observation;
      const [pod] = Object.values(pods);
      expect(pod).toMatchObject({ phase: 'Running', hostNetwork: false, node: controlPlane });
      expect(JSON.stringify(pod)).toContain('PodSecurityPolicy');

      const verdict = await run('verify', 'scenarios/shared-namespace.yaml', ...as(kubeconfig));
      expect(verdict).toMatchObject({ exitCode: 2 });
      expect(verdict.stdout.replaceAll(/\s+/g, ' ')).toContain(
        `commands cannot be run on node ${controlPlane}`,
      );
      expect(verdict.stdout).not.toContain('REFUTED');
    },
    minutes(5),
  );

  /** Waits for the new API server: until then anybody may make anything. */
  const kubeconfigOfLate = async (user: string): Promise<string> => {
    const deadline = Date.now() + minutes(2);
    const enforced = async () => {
      const running = await docker(
        'exec',
        controlPlane,
        'pgrep',
        '--full',
        '--list-full',
        'kube-apiserver',
      ).catch(() => '');
      if (!running.includes('PodSecurityPolicy')) return false;
      try {
        return kubectl(['get', '--raw', '/readyz']) === 'ok';
      } catch {
        return false;
      }
    };
    while (!(await enforced())) {
      if (Date.now() > deadline) throw new Error('the API server did not come back with the policy');
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
    return kubeconfigOf(user, 1, 'netclaims', 'plain-pods');
  };
});

describe('a kubeconfig', () => {
  it('that has expired is told of by its date', async () => {
    const file = await kubeconfigOf('late', -1);
    const { exitCode, stderr } = await run('facts', ...as(file));
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/cluster\/expired: the client certificate of the context \S+ expired on 20/);
    expect(stderr).toContain('get a fresh kubeconfig');
  });

  it(
    'whose server does not answer is told of with its address',
    async () => {
      const file = join(folder.path, 'nowhere.kubeconfig');
      await writeFile(file, admin.replace(/server: \S+/, 'server: https://127.0.0.1:1'), { mode: 0o600 });
      const { exitCode, stderr } = await run('facts', ...as(file));
      expect(exitCode).toBe(2);
      expect(stderr).toContain(
        'cluster/api-unreachable: the Kubernetes API at https://127.0.0.1:1 does not answer',
      );
    },
    minutes(2),
  );
});
