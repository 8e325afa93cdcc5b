import { describe, expect, it } from '@jest/globals';
import { nodeOf, observationOf, podOf, twoPods } from '../golden/world.js';
import { factPaths, type PathScope } from './fact-paths.js';
import { mentioned } from './mentioned.js';
import { topologyOf } from './topology-of.js';

const scope: PathScope = {
  let: {
    pod: 'pods.left',
    web: 'pod.containers.app',
    end: 'pods["right"].link.eth0.peer.name',
    loop: 'loop.x',
  },
  observations: ['before', 'after'],
};
const paths = (expression: string) =>
  factPaths([expression], scope).map(({ observation, steps }) => `${observation ?? '-'} ${steps.join('.')}`);
const lit = (expression: string) => mentioned(factPaths([expression], scope), topologyOf(twoPods));

describe('factPaths', () => {
  it.each([
    ['pods.left.netns.inode == 1', ['- pods.left.netns.inode']],
    [
      'after.web.pid > before.web.pid',
      ['after pods.left.containers.app.pid', 'before pods.left.containers.app.pid'],
    ],
    ['before.end != ""', ['before pods.right.link.eth0.peer.name']],
    ['pods["a.b"].ips.size() == 1', ['- pods.a.b.ips']],
    ['before.nodes[before.pods[name].node].links.exists(l, l.mtu == 1)', ['before nodes.*.links']],
    ['probes.fetch.stdout.contains("pods.left")', []],
    ['loop == 1', []],
  ])('reads of %s', (expression, expected) => {
    expect(paths(expression)).toEqual(expected);
  });
});

describe('mentioned', () => {
  it.each([
    ['pod.ips == []', ['netns/pod/left']],
    ['web.pid > 0', ['container/left/app']],
    ['web.netns.inode == 1', ['container/left/app', 'netns/pod/left']],
    ['pods.size() == 2', ['netns/pod/left', 'netns/pod/right']],
    ['pod.sandbox.alive', ['pause/left']],
    ['pods.left.link.eth0.mtu == 1', ['link/pod/left/eth0']],
    [
      'end == ""',
      ['link/pod/right/eth0', 'veth/link/pod/right/eth0~link/node/node-1/veth-r', 'link/node/node-1/veth-r'],
    ],
    ['pods.all(p, pods[p].link.eth0.kind == "")', ['link/pod/left/eth0', 'link/pod/right/eth0']],
    ['nodes["node-1"].link.cni0.mtu', ['link/node/node-1/cni0']],
    ['nodes["node-1"].namespaces', ['netns/node/node-1']],
  ])('points for %s at what it talks about', (expression, expected) => {
    expect(lit(expression)).toEqual(expected);
  });

  it("takes a pod of the node's network for what it is", () => {
    const topology = topologyOf(observationOf('now', [podOf('agent', 1, { hostNetwork: true })], nodeOf([])));
    expect(mentioned(factPaths(['pods.agent.ips'], scope), topology)).toEqual(['netns/node/node-1']);
  });
});
