import type { PodRecord } from '../../domain/pod-record.js';
import type { Answer, Ended } from '../answers.js';
import { recorded } from './recorded.js';

const identities = recorded('identity-batch');
const statFile = recorded('process').argv[3] ?? '';

/** The pause process of the recorded pod. */
export const pausePid = Number(statFile.split('/')[2]);

/** Its other process, in its second container. */
export const containerPid = 100_000;

/** The recorded pod `pod-a`, with eth0 to the node's vetha and toward-b to another pod. */
export const recordedPod: PodRecord = {
  name: 'web',
  namespace: 'n',
  uid: 'u',
  node: 'worker',
  phase: 'Running',
  trouble: '',
  hostNetwork: false,
  ips: ['10.9.0.2', 'fd00:9::2'],
  netnsPath: '/run/netns/pod-a',
  sandbox: { id: 's1', pid: pausePid, image: 'pause', ready: true },
  containers: [{ name: 'c', id: 'c1', pid: containerPid, image: 'nginx', restarts: 0, state: 'running' }],
  cni: { network: 'bridge', result: null },
};

const changed = (name: string, changes: Partial<Ended>): Ended => ({ ...recorded(name), ...changes });

const selfLine = identities.stdout.split('\n')[0] ?? '';

/** What the recorded node answers when it is asked for `recordedPod`. */
export const recordedAnswers = (): readonly Answer[] => [
  recorded('batch-node'),
  recorded('namespaces'),
  processesOf(recorded('process').stdout, containerState('S')),
  changed('identity-batch', {
    argv: [...identities.argv.slice(0, 3), '/proc/1/ns/net', '/proc/self/ns/net', '/run/netns/pod-a'].concat(
      `/proc/${pausePid}/ns/net`,
      `/proc/${containerPid}/ns/net`,
    ),
    stdout: [
      selfLine.replace('/proc/self/', '/proc/1/'),
      identities.stdout.trimEnd(),
      (identities.stdout.split('\n')[1] ?? '').replace('/run/netns/pod-a', `/proc/${containerPid}/ns/net`),
      '',
    ].join('\n'),
    stderr: '',
    exitCode: 0,
  }),
  recorded('kernel'),
  changed('folders', { stdout: recorded('folders').stdout.replace('30-broken.conflist\n', '') }),
  recorded('configuration-list'),
  recorded('configuration-single'),
  changed('folder-missing', {
    argv: ['ls', '-1A', '/run/cni-state'],
    stderr: "ls: cannot access '/run/cni-state': No such file or directory",
  }),
  recorded('stats-veth-node'),
  changed('stats-veth-node', { argv: ['ethtool', '-S', 'vethb'] }),
  recorded('batch-pod'),
  recorded('stats-veth'),
  changed('stats-veth', { argv: ['ethtool', '-S', 'toward-b'] }),
  recorded('netns-list-in-pod'),
  recorded('batch-names'),
];

/** The same, with some answers replaced by others to the same question, or left out. */
export const recordedAnswersBut = (change: (answer: Answer) => Answer | undefined): readonly Answer[] =>
  recordedAnswers().flatMap((answer) => change(answer) ?? []);

/** What grep prints of the pause process and of the container's process, each perhaps nothing, with its complaints. */
export const processesOf = (pause: string, container: string): Ended => {
  const files = [statFile, statFile.replace('stat', 'cmdline'), `/proc/${containerPid}/stat`];
  const gone = [...(pause === '' ? files.slice(0, 2) : []), ...(container === '' ? files.slice(2) : [])];
  return changed('process', {
    argv: ['grep', '-azH', '', ...files],
    stdout: pause + container,
    exitCode: gone.length === 0 ? 0 : 2,
    stderr: gone.map((file) => `grep: ${file}: No such file or directory`).join('\n'),
  });
};

/** The record of the container's process in a state. */
export const containerState = (state: 'S' | 'Z'): string =>
  recorded('process')
    .stdout.slice(0, recorded('process').stdout.indexOf('\0') + 1)
    .replaceAll(String(pausePid), String(containerPid))
    .replace(') S ', `) ${state} `);
