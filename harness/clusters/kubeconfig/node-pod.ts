/** The one container of a node pod. */
export const nodeContainer = 'node';

/** After that long a pod that nobody removed ends by itself. */
const lifeSeconds = 12 * 3_600;

/**
 * The pod by which commands run on a node. It has what entering the node's namespaces takes, and no more: no host path, no network of the node's, no
 * token. SYS_ADMIN and SYS_CHROOT are for setns(2), SYS_PTRACE for reading other processes' /proc/PID/ns, KILL for `kill` steps, NET_ADMIN and
 * NET_RAW for what `ip` and probes do in a network namespace, SETUID and SETGID for what becomes another user there, as tcpdump does.
 */
export const nodePod = (namespace: string, name: string, node: string, image: string): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace,
    labels: { 'app.kubernetes.io/name': 'netclaims-node', 'app.kubernetes.io/managed-by': 'netclaims' },
    // For servers before 1.30; newer ones read the same from it.
    annotations: { [`container.apparmor.security.beta.kubernetes.io/${nodeContainer}`]: 'unconfined' },
  },
  spec: {
    nodeName: node,
    hostPID: true,
    restartPolicy: 'Never',
    activeDeadlineSeconds: lifeSeconds,
    terminationGracePeriodSeconds: 0,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    tolerations: [{ operator: 'Exists' }],
    containers: [
      {
        name: nodeContainer,
        image,
        imagePullPolicy: 'IfNotPresent',
        command: ['sleep', String(lifeSeconds)],
        resources: { requests: { cpu: '10m', memory: '16Mi' } },
        securityContext: {
          runAsUser: 0,
          readOnlyRootFilesystem: true,
          capabilities: {
            drop: ['ALL'],
            add: [
              'SYS_ADMIN',
              'SYS_CHROOT',
              'SYS_PTRACE',
              'KILL',
              'NET_ADMIN',
              'NET_RAW',
              'SETUID',
              'SETGID',
            ],
          },
          seccompProfile: { type: 'Unconfined' },
          seLinuxOptions: { type: 'spc_t' },
        },
      },
    ],
  },
});
