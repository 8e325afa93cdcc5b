import type { FailureRows } from './rows.js';

/** Pods and their containers. */
export const podCodes = {
  'pod/cri-refused': {
    meaning: 'containerd refused a request about a pod.',
    remedy: 'fix the error reported by containerd',
  },
  'pod/exists': {
    meaning: 'A pod of this name exists already, with another specification.',
    remedy: 'delete it first, or use another name',
  },
  'pod/exited': {
    meaning: 'A container ended although it should go on running.',
    remedy: "read the container's log; its process must go on running, or end with 0",
  },
  'pod/failed': {
    meaning: 'A pod or workload failed.',
    remedy: 'read its events',
  },
  'pod/image': {
    meaning: "A container's image is not available on its node.",
    remedy: 'check the name of the image, and load it with `--load FILE.tar` if no registry has it',
  },
  'pod/never-restarted': {
    meaning: 'A container is not restarted, because its pod has restartPolicy: Never.',
    remedy: 'give the pod another restartPolicy',
  },
  'pod/no-netns': {
    meaning: 'A pod has no network namespace.',
    remedy: 'check that the pod still runs; a `wait` before the step can wait for that',
  },
  'pod/no-node': {
    meaning: 'No node of the cluster can run a pod.',
    remedy: 'change where the pod may run, or use more nodes with `--nodes N`',
  },
  'pod/no-process': {
    meaning: 'A container or sandbox has no known process.',
    remedy: 'check that the container still runs',
  },
  'pod/no-sandbox': {
    meaning: "A pod's sandbox or network could not be made.",
    remedy: 'fix the error reported by containerd: it quotes the CNI plugin',
  },
  'pod/no-such-kind': {
    meaning: 'The cluster has no such kind of object.',
    remedy: 'see `kubectl api-resources` for the kinds it has',
  },
  'pod/no-volume': {
    meaning: 'A volume could not be made on a node.',
    remedy: 'fix the error reported by the node; a volume without `medium: Memory` needs no file system',
  },
  'pod/not-found': {
    meaning: 'There is no such pod, container or object.',
    remedy: 'name an object of the manifests that no earlier step deleted',
  },
  'pod/not-ready': {
    meaning: 'An applied object did not become ready in time.',
    remedy: 'find out what its containers wait for',
  },
  'pod/not-started': {
    meaning: 'A container could not be started.',
    remedy: "check that `command`, `env`, the volumes and the image's content fit each other",
  },
  'pod/refused': {
    meaning: 'The cluster refuses a manifest.',
    remedy: 'change the manifest as the refusal says',
  },
  'pod/vanished': {
    meaning: 'A sandbox or container disappeared as soon as it was made.',
    remedy: 'find out what else removes containers on this node',
  },
} as const satisfies FailureRows;
