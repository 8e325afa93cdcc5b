import type { FailureRows } from './rows.js';

const clusterIsGone = 'find out what ended it (the last lines of its log are shown), then run again';

/** The cluster, once it runs. */
export const clusterCodes = {
  'cluster/api-answer': {
    meaning: 'The Kubernetes API gave an answer that netclaims cannot use.',
    remedy: 'check that the kubeconfig names a Kubernetes API server: `kubectl get nodes` asks the same one',
  },
  'cluster/api-refused': {
    meaning: 'The Kubernetes API refused a request.',
    remedy: "read the API server's answer and fix what it names",
  },
  'cluster/api-too-large': {
    meaning: 'An answer of the Kubernetes API is larger than netclaims reads.',
    remedy: 'check that the kubeconfig names the right server',
  },
  'cluster/api-unreachable': {
    meaning: 'The Kubernetes API does not answer.',
    remedy: 'check that `kubectl version` reaches the same server',
  },
  'cluster/api-untrusted': {
    meaning: "The Kubernetes API's certificate is not trusted by the kubeconfig.",
    remedy: 'get a fresh kubeconfig',
  },
  'cluster/capabilities': {
    meaning: 'A capability of the cluster could not be tested, so nobody knows whether the cluster has it.',
    remedy: 'fix what kept the test from running, then run again',
  },
  'cluster/damaged-record': {
    meaning: 'The file that says what a kept cluster is made of cannot be read.',
    remedy: 'remove the cluster with `netclaims cluster down`, and make it again',
  },
  'cluster/cleanup': {
    meaning: 'Something that netclaims made could not be removed.',
    remedy: 'remove the cluster with `netclaims cluster down`, or delete the named objects',
  },
  'cluster/credentials': {
    meaning: 'The credential plugin of the kubeconfig gave no credentials.',
    remedy: 'run `kubectl get nodes`: the plugin may be waiting for you to log in',
  },
  'cluster/cri-failed': {
    meaning: 'containerd failed at a request that concerns no single pod.',
    remedy: 'fix the error reported by containerd',
  },
  'cluster/cri-lost': {
    meaning: "The node's containerd stopped answering.",
    remedy: clusterIsGone,
    effect: 'ends-the-cluster',
  },
  'cluster/cri-timeout': {
    meaning: 'containerd did not finish a request in time.',
    remedy: 'check whether the machine is overloaded or a CNI plugin hangs',
  },
  'cluster/engine-gone': {
    meaning: 'The container engine stopped answering.',
    remedy: 'check that the engine runs: `docker version`',
    effect: 'ends-the-cluster',
  },
  'cluster/engine-refused': {
    meaning: 'The container engine refused a request.',
    remedy: 'fix the error reported by the engine',
  },
  'cluster/expired': {
    meaning: 'The client certificate of the kubeconfig has expired.',
    remedy: 'get a fresh kubeconfig',
  },
  'cluster/forbidden': {
    meaning: "The kubeconfig's user lacks a permission.",
    remedy: 'bind the ClusterRole of docs/rbac.yaml to the user',
  },
  'cluster/gone': {
    meaning: 'The cluster of a Jest run no longer exists.',
    remedy: 'find out what ended its processes, then run again',
  },
  'cluster/ground-lost': {
    meaning: 'A process that the cluster consists of ended during the run.',
    remedy: clusterIsGone,
    effect: 'ends-the-cluster',
  },
  'cluster/no-kubectl': {
    meaning: 'kubectl on a node does not reach the cluster.',
    remedy: 'install kubectl on the node, and check its kubeconfig',
  },
  'cluster/no-nodes': {
    meaning: 'The cluster has no Linux node that is ready.',
    remedy: 'see `kubectl describe nodes`',
  },
  'cluster/node-gone': {
    meaning: 'A node stopped running during the run.',
    remedy: clusterIsGone,
    effect: 'ends-the-cluster',
  },
  'cluster/not-shared': {
    meaning: 'A Jest run has no cluster to share.',
    remedy: "use globalSetup and globalTeardown of netclaims' preset",
  },
  'cluster/of-another-project': {
    meaning: 'The cluster of a Jest run was made for a project with other options.',
    remedy: 'run one project after the other, with `--selectProjects`',
  },
  'cluster/other-version': {
    meaning: 'Another version of netclaims made the cluster.',
    remedy: 'remove the cluster with that version',
  },
  'cluster/reconfigure': {
    meaning: "A node's network could not be changed.",
    remedy: 'check that the plugin knows the changed fields: see the log of containerd',
  },
  'cluster/unauthorized': {
    meaning: 'The Kubernetes API does not accept the credentials of the kubeconfig.',
    remedy: 'log in again, or get a fresh kubeconfig',
  },
} as const satisfies FailureRows;
