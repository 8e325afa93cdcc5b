import { describe, expect, it } from '@jest/globals';
import { unreadable } from '../../domain/fact-types.js';
import { linkOf, nodeOf, observationOf, podOf, twoPods } from '../golden/world.js';
import { topologyOf } from './topology-of.js';
import type { NetnsBox } from './topology.js';
import { wiresOf } from './wires.js';

const pairs = (...args: Parameters<typeof wiresOf>) =>
  wiresOf(...args)
    .filter(({ kind }) => kind === 'veth')
    .map(({ from, to }) => `${from} ${to}`);
const inside = ({ name, processes }: NetnsBox) => [name, processes.map(({ id }) => id)];

describe('wiresOf', () => {
  it('joins the ends of each veth pair once, by place, name and index, and links with their masters', () => {
    expect(wiresOf(twoPods).map(({ id }) => id)).toEqual([
      'veth/link/pod/left/eth0~link/node/node-1/veth-l',
      'veth/link/pod/right/eth0~link/node/node-1/veth-r',
      'master/link/node/node-1/veth-l~link/node/node-1/cni0',
      'master/link/node/node-1/veth-r~link/node/node-1/cni0',
    ]);
  });

  it('joins within a netns and between two pods', () => {
    const both = (where: string, name: string) => ({ peer: { where, name, ifindex: name === 'a' ? 4 : 5 } });
    const within = podOf('web', 100, {
      links: [linkOf('a', 4, both('same-netns', 'b')), linkOf('b', 5, both('same-netns', 'a'))],
    });
    expect(pairs(observationOf('now', [within], nodeOf([])))).toEqual(['link/pod/web/a link/pod/web/b']);
    const between = [
      podOf('one', 100, { links: [linkOf('a', 4, both('pod', 'b'))] }),
      podOf('two', 200, { links: [linkOf('b', 5, both('pod', 'a'))] }),
    ];
    expect(pairs(observationOf('now', between, nodeOf([])))).toEqual(['link/pod/one/a link/pod/two/b']);
  });

  it.each([
    ['another index', linkOf('veth-l', 8)],
    ['another name', linkOf('veth-m', 7)],
    ['unreadable', { ...linkOf('veth-l', 7), name: unreadable('gone') }],
  ])('joins nothing with a link of %s', (_, end) => {
    const links = [linkOf('eth0', 2, { peer: { where: 'node', name: 'veth-l', ifindex: 7 } })];
    expect(pairs(observationOf('now', [podOf('left', 100, { links })], nodeOf([end])))).toEqual([]);
  });

  it('does not join with the node that the pod is not on', () => {
    const links = [linkOf('eth0', 2, { peer: { where: 'node', name: 'veth-l', ifindex: 7 } })];
    const pod = podOf('left', 100, { links, node: 'node-2' });
    expect(pairs(observationOf('now', [pod], nodeOf([linkOf('veth-l', 7)])))).toEqual([]);
  });
});

describe('topologyOf', () => {
  it('has each process in the netns that it is in, whatever pod it is of', () => {
    const stray = podOf('stray', 100, {
      containers: {
        home: { id: '', pid: 1, image: '', restarts: 0, state: 'running', netns: { inode: 100 } },
        host: { id: '', pid: 2, image: '', restarts: 0, state: 'running', netns: { inode: 1 } },
        other: { id: '', pid: 3, image: '', restarts: 0, state: 'running', netns: { inode: 200 } },
        ended: { id: '', pid: -1, image: '', restarts: 0, state: 'exited', netns: { inode: -1 } },
      },
    });
    const onNode = podOf('agent', 1, { hostNetwork: true });
    const [node] = topologyOf(observationOf('now', [stray, podOf('web', 200), onNode], nodeOf([]))).nodes;
    expect(node?.pods.map(inside)).toEqual([
      ['stray', ['pause/stray', 'container/stray/home', 'container/stray/ended']],
      ['web', ['container/stray/other', 'pause/web', 'container/web/app']],
    ]);
    expect(node?.root.processes.map(({ id }) => id)).toEqual([
      'container/stray/host',
      'pause/agent',
      'container/agent/app',
    ]);
    const ended = node?.pods[0]?.processes.find(({ id }) => id.endsWith('ended'));
    expect(ended?.running).toBe(false);
  });

  it('names veths of others without drawing them', () => {
    const [node] = topologyOf(twoPods).nodes;
    expect(node?.root.links.map(({ name }) => name)).toEqual(['cni0', 'veth-l', 'veth-r']);
    expect(node?.root.strangers).toEqual(['veth-x']);
  });

  it('says what could not be read, and takes it for nothing else', () => {
    const blind = nodeOf([], { links: unreadable('no ip'), netns: unreadable('no stat') });
    const [node] = topologyOf(observationOf('now', [podOf('web', 100)], blind)).nodes;
    expect(node?.root.unreadable).toEqual(['netns: no stat', 'links: no ip']);
    expect(node?.pods.map(inside)).toEqual([['web', ['pause/web', 'container/web/app']]]);
  });

  it('has a place for a pod whose node was not read', () => {
    const lost = podOf('web', 100, { node: 'node-9' });
    const { nodes } = topologyOf(observationOf('now', [lost], nodeOf([])));
    expect(nodes.map(({ name, pods }) => [name, pods.length])).toEqual([
      ['node-1', 0],
      ['node-9', 1],
    ]);
  });
});
