import { describe, expect, it } from '@jest/globals';
import type { Node } from '../domain/cluster.js';
import { NetclaimsError } from '../domain/error.js';
import type { PodRecord } from '../domain/pod-record.js';
import type { Answer } from './answers.js';
import { collect } from './collect.js';
import { fakeNode, nodeThat } from './testing/fake-node.js';
import {
  containerState,
  pausePid,
  processesOf,
  recordedAnswers,
  recordedAnswersBut,
  recordedPod,
} from './testing/recorded-node.js';
import { recorded } from './testing/recorded.js';
import { noCluster } from '../domain/testing/no-cluster.js';

const never = new AbortController().signal;
const cluster = { ...noCluster, provider: 'test', cni: 'bridge', runtime: 'none' };
const observe = (nodes: readonly Node[], pods: readonly PodRecord[]) =>
  collect('now', { pods, nodes, cluster }, {}, never);
const observeOne = async (answers: readonly Answer[], pod: PodRecord = recordedPod) => {
  const observation = await observe([fakeNode('worker', answers)], [pod]);
  const [facts, node] = [observation.pods[pod.name], observation.nodes.worker];
  if (facts === undefined || node === undefined) throw new Error('there are no facts');
  return { observation, facts, node };
};
const without = (tool: string) => (answer: Answer) =>
  answer.argv[0] === tool
    ? { kind: 'missing' as const, tool, argv: answer.argv, ...inNetns(answer) }
    : answer;
const inNetns = ({ netns }: Answer) => (netns === undefined ? {} : { netns });
const reason = (text: string) => ({ $unreadable: expect.stringContaining(text) });

describe('collect, of whole answers', () => {
  it('reads a pod’s veth, confirmed from both ends and by ethtool', async () => {
    const { facts } = await observeOne(recordedAnswers());
    expect(facts).toMatchObject({
      name: 'web',
      netns: { path: '/run/netns/pod-a', nsid: 0 },
      sandbox: { pid: pausePid, alive: true, command: 'sleep 600' },
      containers: { c: { id: 'c1', state: 'running' } },
      link: {
        eth0: {
          kind: 'veth',
          mtu: 1400,
          peer: {
            where: 'node',
            name: 'vetha',
            ifindex: 3,
            mtu: 1400,
            master: 'cni0',
            ethtoolPeerIfindex: 3,
          },
        },
        lo: { kind: 'loopback', peer: { where: 'none', name: '', ifindex: -1, ethtoolPeerIfindex: -1 } },
        'toward-b': { peer: { where: 'elsewhere', name: '', ifindex: -1 } },
      },
    });
    const inode = (facts.netns as { readonly inode: number }).inode;
    expect(inode).toBeGreaterThan(1);
    expect(facts).toMatchObject({ sandbox: { netns: { inode } }, containers: { c: { netns: { inode } } } });
  });

  it('reads the node, and which pods its links lead to', async () => {
    const { node } = await observeOne(recordedAnswers());
    expect(node).toMatchObject({
      name: 'worker',
      kernel: recorded('kernel').stdout.trim(),
      namedNetns: ['empty', 'pod-a', 'pod-b', 'pod-c'],
      link: {
        vetha: { peer: { where: 'pod', name: 'eth0', ifindex: 2, ethtoolPeerIfindex: 2 } },
        vethb: { peer: { where: 'elsewhere', name: '' } },
      },
      cni: {
        networks: ['bridge', 'second'],
        plugins: ['bridge', 'portmap'],
        results: ['bridge-0123abcd-eth0'],
      },
      podCIDRs: ['10.9.0.0/24', 'fd00:9::/64'],
    });
    expect(node.rules).toHaveLength(9);
    expect(node.namespaces).toHaveLength(3);
  });

  it('leaves nothing unreadable', async () => {
    const { observation } = await observeOne(recordedAnswers());
    expect(JSON.stringify([observation.pods, observation.nodes])).not.toContain('$unreadable');
  });

  it('keeps with each fact the node, the command, and a line to paste', async () => {
    const { observation } = await observeOne(recordedAnswers());
    const evidence = (path: string) => observation.evidence[observation.sources[path] ?? -1];
    expect(evidence('pods.web.links')).toMatchObject({
      node: 'worker',
      argv: ['ip', '-details', '-json', 'address', 'show'],
      replay: 'on worker: in /run/netns/pod-a ip -details -json address show',
      exitCode: 0,
      stdout: recorded('address-veth').stdout,
      at: observation.at,
    });
    expect(evidence('pods.web.link.eth0.peer')?.replay).toBe('on worker: ip -details -json address show');
    expect(evidence('pods.web.link.eth0.peer.ethtoolPeerIfindex')?.replay).toBe(
      'on worker: in /run/netns/pod-a ethtool -S eth0',
    );
    expect(evidence('nodes.worker.link.vetha.peer')?.replay).toContain('in /run/netns/pod-a ip');
    expect(evidence('pods.web.sandbox')?.argv.slice(0, 2)).toEqual(['grep', '-azH']);
    expect(evidence('nodes.worker.namedNetns')?.argv).toEqual(['ip', '-json', 'netns', 'list']);
  });

  it('asks each node once, for its own pods', async () => {
    const nodes = [fakeNode('worker', recordedAnswers()), fakeNode('other', recordedAnswers())];
    const host = { ...recordedPod, name: 'host', node: 'other', hostNetwork: true };
    await observe(nodes, [recordedPod, host]);
    expect(nodes.map(({ asked }) => asked.length)).toEqual([1, 1]);
    const lines = nodes.map(({ asked }) => asked[0]?.stdin?.split('\n').slice(1));
    expect(lines).toEqual([
      ['netns /run/netns/pod-a', `sandbox ${pausePid}`, 'container 100000', ''],
      [`sandbox ${pausePid}`, 'container 100000', ''],
    ]);
  });

  it('keeps the evidence of several nodes apart', async () => {
    const nodes = [fakeNode('worker', recordedAnswers()), fakeNode('other', recordedAnswers())];
    const { evidence, sources } = await observe(nodes, [
      recordedPod,
      { ...recordedPod, name: 'b', node: 'other' },
    ]);
    for (const [path, index] of Object.entries(sources)) {
      const expected = /^(pods\.web|nodes\.worker)\b/.test(path) ? 'worker' : 'other';
      expect([path, evidence[index]?.node]).toEqual([path, expected]);
    }
  });

  it('reads a node without pods', async () => {
    const node = fakeNode(
      'worker',
      recordedAnswersBut((answer) => (answer.argv[0] === 'grep' ? undefined : answer)),
    );
    const observation = await observe([node], []);
    expect(observation.pods).toEqual({});
    expect(observation.nodes.worker).toMatchObject({ link: { vetha: { peer: { where: 'elsewhere' } } } });
    expect(node.asked[0]?.stdin?.split('\n')).toHaveLength(2);
  });
});

describe('collect, of a node that cannot be asked', () => {
  const expectNothingOf = async (node: Node, text: string) => {
    const others = fakeNode('other', recordedAnswers());
    const observation = await observe(
      [node, others],
      [recordedPod, { ...recordedPod, name: 'b', node: 'other' }],
    );
    expect(observation.nodes.worker).toMatchObject({
      links: reason(text),
      routes: reason(text),
      namedNetns: reason(text),
    });
    expect(observation.pods.web).toMatchObject({
      netns: { inode: reason(text), nsid: reason(text) },
      links: reason(text),
      link: reason(text),
      sandbox: { alive: reason(text), pid: reason(text) },
      containers: { c: { state: reason(text) } },
    });
    expect(observation.pods.b).toMatchObject({ link: { eth0: { peer: { where: 'node' } } } });
  };

  it('reads nothing of it, and all of the others', async () => {
    const gone = () => {
      throw new NetclaimsError({
        code: 'cluster/node-gone',
        what: 'node worker is gone',
        evidence: ['nsenter: no'],
      });
    };
    await expectNothingOf(nodeThat('worker', gone), 'node worker is gone: nsenter: no');
  });

  it('repeats what its shell said', async () => {
    const refused = () => ({ exitCode: 127, stdout: '', stderr: 'base64: not found' });
    await expectNothingOf(nodeThat('worker', refused), 'base64: not found');
  });

  it('reads nothing of a part of its answers', async () => {
    const whole = fakeNode('worker', recordedAnswers());
    const half: Node = {
      ...whole,
      exec: async (command, signal) => {
        const result = await whole.exec(command, signal);
        return { ...result, stdout: result.stdout.slice(0, 4 * Math.floor(result.stdout.length / 8)) };
      },
    };
    await expectNothingOf(half, 'the last frames are missing');
    await expectNothingOf(
      nodeThat('worker', () => ({ exitCode: 0, stdout: '', stderr: '' })),
      'printed no base64',
    );
  });

  it('says of a pod on no node of the cluster where it is', async () => {
    const observation = await observe(
      [fakeNode('other', recordedAnswers())],
      [recordedPod, { ...recordedPod, name: 'b', node: '' }],
    );
    expect(observation.pods.web).toMatchObject({ links: reason('which this cluster does not have') });
    expect(observation.pods.b).toMatchObject({ links: reason('pod b is on no node') });
  });

  it('ends with the signal’s reason', async () => {
    const controller = new AbortController();
    const node = nodeThat('worker', () => {
      controller.abort(new Error('enough'));
      throw new Error('aborted');
    });
    const observing = () => collect('now', { pods: [], nodes: [node], cluster }, {}, controller.signal);
    await expect(observing()).rejects.toThrow('enough');
    await expect(observing()).rejects.toThrow('enough');
    expect(node.asked).toHaveLength(1);
  });
});

describe('collect, of a node that lacks something', () => {
  it('reads all but what the tool would have told, and names the package', async () => {
    const { facts, node } = await observeOne(recordedAnswersBut(without('ethtool')));
    const missing = reason('`ethtool` is not installed on node worker: install ethtool');
    expect(facts).toMatchObject({ link: { eth0: { peer: { where: 'node', ethtoolPeerIfindex: missing } } } });
    expect(node).toMatchObject({ link: { vetha: { peer: { where: 'pod', ethtoolPeerIfindex: missing } } } });
  });

  it('knows nothing of links without ip, but still the processes', async () => {
    const alone = (argv: string) => ({ kind: 'missing' as const, tool: 'ip', argv: argv.split(' ') });
    const answers = recordedAnswers().filter(({ argv }) => argv[0] !== 'ip');
    const asked = [
      alone('ip -details -json address show'),
      { ...alone('ip -details -json address show'), netns: '/run/netns/pod-a' },
      alone('ip -json netns list'),
    ];
    const { facts, node } = await observeOne([...answers, ...asked]);
    const missing = reason('install iproute2');
    expect(facts).toMatchObject({ links: missing, link: missing, routes: missing, sandbox: { alive: true } });
    expect(node).toMatchObject({ links: missing, namedNetns: missing });
  });

  it('has no pause process without grep’s word, and no state of containers', async () => {
    const { facts } = await observeOne(recordedAnswersBut(without('grep')));
    expect(facts).toMatchObject({
      sandbox: { alive: reason('install grep') },
      containers: { c: { pid: reason('grep') } },
    });
  });

  it('takes an unanswered question for no answer', async () => {
    const { facts, node } = await observeOne(
      recordedAnswersBut(({ argv, netns, ...rest }) =>
        argv[0] === 'lsns' || netns !== undefined ? undefined : { argv, ...rest },
      ),
    );
    expect(facts).toMatchObject({ links: reason('was not answered on node worker') });
    expect(node).toMatchObject({ namespaces: reason('was not answered') });
  });

  it('does not believe an lsns that leaves out the node’s own netns', async () => {
    const { node } = await observeOne(
      recordedAnswersBut((answer) => {
        if (answer.kind !== 'ended' || answer.argv[0] !== 'lsns') return answer;
        const [, ...others] = (JSON.parse(answer.stdout) as { namespaces: unknown[] }).namespaces;
        return { ...answer, stdout: JSON.stringify({ namespaces: others }) };
      }),
    );
    expect(node.namespaces).toEqual(reason('did not list its own namespace'));
  });
});

describe('collect, of processes that ended meanwhile', () => {
  const withProcesses = (pause: string, container: string) =>
    recordedAnswersBut((answer) => (answer.argv[0] === 'grep' ? processesOf(pause, container) : answer));
  const pause = recorded('process').stdout;

  it('reads a dead pause process as one that does not run', async () => {
    const { facts } = await observeOne(withProcesses('', containerState('S')));
    expect(facts.sandbox).toEqual({
      id: 's1',
      image: 'pause',
      pid: -1,
      command: '',
      alive: false,
      netns: { inode: -1 },
    });
    const zombie = pause.slice(0, pause.indexOf('\0') + 1).replace(') S ', ') Z ');
    expect((await observeOne(withProcesses(zombie, containerState('S')))).facts.sandbox).toMatchObject({
      alive: false,
    });
  });

  it.each([
    ['gone', ''],
    ['not waited for', containerState('Z')],
  ])('says neither that a container whose process is %s runs, nor that it does not', async (_, container) => {
    const { facts } = await observeOne(withProcesses(pause, container));
    const ended = reason('process 100000 of container c ended while the facts were read');
    expect(facts).toMatchObject({
      sandbox: { alive: true },
      containers: { c: { id: 'c1', restarts: 0, pid: ended, state: ended, netns: { inode: ended } } },
    });
  });

  it('reads a container that the runtime says has no process', async () => {
    const [container] = recordedPod.containers;
    if (container === undefined) throw new Error('the pod has a container');
    const exited = { ...recordedPod, containers: [{ ...container, pid: -1, state: 'exited' as const }] };
    const { facts } = await observeOne(recordedAnswers(), exited);
    expect(facts).toMatchObject({ containers: { c: { pid: -1, state: 'exited', netns: { inode: -1 } } } });
  });
});
