import { describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageFile } from '../../clusters/package-file.js';
import type { Observation } from '../../domain/observation.js';
import { docker } from '../engine.js';
import { expectSuccess, startCli } from '../run-cli.js';
import type { KubeCluster } from './kube-cluster.js';

const minutes = (count: number) => count * 60_000;
const run = (...args: readonly string[]) => startCli(...args).ended;
const as = (kubeconfig: string) => ['--cluster', 'kubeconfig', '--kubeconfig', kubeconfig] as const;

/** Who may make pods of which kind, once PodSecurityPolicies are asked for. */
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

/** What users get who may less than docs/rbac.yaml says. The last of them gives the cluster a policy: nothing else can be tested on it afterwards. */
export const fewerRights = (open: () => KubeCluster): void => {
  describe('a user without rights', () => {
    it('is told which verb is missing', async () => {
      const { exitCode, stderr } = await run('facts', ...as(await open().kubeconfigOf('nobody', 1)));
      expect(exitCode).toBe(2);
      expect(stderr).toContain('cluster/forbidden: the user of the context ');
      expect(stderr).toContain('may not list nodes');
      expect(stderr).toContain('docs/rbac.yaml');
    });
  });

  describe('a kubeconfig', () => {
    it('that has expired is told of by its date', async () => {
      const file = await open().kubeconfigOf('late', -1);
      const { exitCode, stderr } = await run('facts', ...as(file));
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/cluster\/expired: the client certificate of the context \S+ expired on 20/);
      expect(stderr).toContain('get a fresh kubeconfig');
    });

    it(
      'whose server does not answer is told of with its address',
      async () => {
        const { folder, admin } = open();
        const file = join(folder, 'nowhere.kubeconfig');
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

  describe('a user who may not make privileged pods', () => {
    it(
      'gets what the API alone can give, and `unknown` for the rest with the reason',
      async () => {
        const { name, controlPlane, kubectl } = open();
        kubectl(['apply', '--filename=-'], policies);
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
        expectSuccess(answer);
        const { pods } = JSON.parse(answer.stdout) as Observation;
        const [pod] = Object.values(pods);
        expect(pod).toMatchObject({
          phase: 'Running',
          hostNetwork: false,
          node: expect.stringContaining(name),
        });
        expect(JSON.stringify(pod)).toContain('PodSecurityPolicy');

        const verdict = await run('verify', 'scenarios/shared-namespace.yaml', ...as(kubeconfig));
        expect(verdict).toMatchObject({ exitCode: 2 });
        expect(verdict.stdout.replaceAll(/\s+/g, ' ')).toContain(`commands cannot be run on node ${name}`);
        expect(verdict.stdout).not.toContain('REFUTED');
      },
      minutes(5),
    );

    /** Waits for the new API server: until then anybody may make anything. */
    const kubeconfigOfLate = async (user: string): Promise<string> => {
      const { controlPlane, kubectl, kubeconfigOf, applyRole } = open();
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
      return kubeconfigOf(user, 1, await applyRole(), 'plain-pods');
    };
  });
};
