import { describe, expect, it } from '@jest/globals';
import { nodeBatch, planNodes, podRouting, underlayBatch } from './underlay-plan.js';

describe('planNodes', () => {
  it('gives each node and its pods addresses that no other has', () => {
    const nodes = planNodes(200, 'dual');
    const all = nodes.flatMap(({ addresses, podCidrs }) => [...addresses, ...podCidrs]);
    expect(new Set(all).size).toBe(800);
    expect(nodes[10]).toEqual({
      name: 'node-11',
      addresses: ['172.18.0.12', 'fd00:172:18::c'],
      podCidrs: ['10.244.10.0/24', 'fd00:10:244:a::/64'],
    });
  });

  it('knows a single family, too', () => {
    expect(planNodes(1, 'ipv6')).toEqual([
      { name: 'node-1', addresses: ['fd00:172:18::2'], podCidrs: ['fd00:10:244:0::/64'] },
    ]);
  });
});

describe('the way between nodes', () => {
  const nodes = planNodes(2, 'dual');
  const [first] = nodes;
  if (first === undefined) throw new Error('there are two nodes');

  it('is a veth to a bridge, and a route to the pods of each other node', () => {
    expect(underlayBatch(nodes, [71, 72], 'dual', 'by-nodes').split('\n')).toEqual([
      'address add 172.18.0.1/16 dev br0',
      'address add fd00:172:18::1/64 dev br0 nodad',
      'link add node-1 type veth peer name eth0 netns 71',
      'link set node-1 master br0 up',
      'link add node-2 type veth peer name eth0 netns 72',
      'link set node-2 master br0 up',
      '',
    ]);
    expect(nodeBatch(first, nodes, 'dual', 'by-nodes').split('\n')).toEqual([
      'address add 172.18.0.2/16 dev eth0',
      'address add fd00:172:18::2/64 dev eth0 nodad',
      'link set eth0 up',
      'route replace default via 172.18.0.1',
      'route replace default via fd00:172:18::1',
      'route replace 10.244.1.0/24 via 172.18.0.3',
      'route replace fd00:10:244:1::/64 via fd00:172:18::3',
      '',
    ]);
  });

  it('is the router of the underlay for pods that are on it themselves', () => {
    expect(podRouting(['macvlan'])).toBe('by-router');
    expect(podRouting(['bridge', 'portmap'])).toBe('by-nodes');
    const batch = underlayBatch(nodes, [71, 72], 'dual', 'by-router');
    for (const gateway of ['10.244.0.1/24', '10.244.1.1/24', 'fd00:10:244:0::1/64', 'fd00:10:244:1::1/64']) {
      expect(batch).toContain(`address add ${gateway} dev br0`);
    }
    expect(nodeBatch(first, nodes, 'dual', 'by-router')).not.toContain('10.244.');
  });
});
