import { describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageFile } from '../../clusters/package-file.js';
import type { Observation } from '../../domain/observation.js';
import { expectSuccess, startCli } from '../run-cli.js';
import type { KubeCluster } from './kube-cluster.js';

const minutes = (count: number) => count * 60_000;
const run = (...args: readonly string[]) => startCli(...args).ended;
const as = (kubeconfig: string) => ['--cluster', 'kubeconfig', '--kubeconfig', kubeconfig] as const;

/** Has Pod Security Admission refuse privileged pods in all namespaces that a user makes, whatever these ask for. */
const noPrivilegedPods = (user: string): string => `
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicy
metadata: { name: no-privileged-pods }
spec:
  matchConstraints:
    resourceRules:
      - { apiGroups: [''], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [namespaces] }
  matchConditions: [{ name: user, expression: request.userInfo.username == '${user}' }]
  failurePolicy: Fail
  reinvocationPolicy: Never
  mutations:
    - patchType: ApplyConfiguration
      applyConfiguration:
        expression: |
          Object{metadata: Object.metadata{labels: {"pod-security.kubernetes.io/enforce": "baseline"}}}
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicyBinding
metadata: { name: no-privileged-pods }
spec: { policyName: no-privileged-pods }
`;

/** What users get who may less than docs/rbac.yaml says. */
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
        const { name, kubectl, kubeconfigOf, applyRole } = open();
        const kubeconfig = await kubeconfigOf('bob', 1, await applyRole());
        kubectl(['apply', '--filename=-'], noPrivilegedPods('bob'));
        await enforced('bob');

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
        expect(JSON.stringify(pod)).toContain('violates PodSecurity \\"baseline:latest\\"');

        const verdict = await run('verify', 'scenarios/shared-namespace.yaml', ...as(kubeconfig));
        expect(verdict).toMatchObject({ exitCode: 2 });
        expect(verdict.stdout.replaceAll(/\s+/g, ' ')).toContain(`commands cannot be run on node ${name}`);
        expect(verdict.stdout).not.toContain('REFUTED');
      },
      minutes(5),
    );

    /** Waits until the server has taken the policy up, which it does a moment after it was made. */
    const enforced = async (user: string): Promise<void> => {
      const { kubectl } = open();
      const tried = ['create', 'namespace', 'tried', '--dry-run=server', '--output=yaml', `--as=${user}`];
      const deadline = Date.now() + minutes(1);
      while (!kubectl(tried).includes('enforce: baseline')) {
        if (Date.now() > deadline) throw new Error('the policy had no effect within a minute');
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    };
  });
};
