import { describe, expect, it } from '@jest/globals';
import { nodeReadsIn } from './node-reads.js';

const scope = {
  let: [
    { name: 'node', source: 'nodes[pods.idle.node]' },
    { name: 'count', source: 'node.links.size()' },
    { name: 'eth0', source: 'pods.idle.link.eth0' },
    { name: 'whole', source: 'before' },
  ],
  observations: ['before', 'after'],
  probes: ['fetch'],
};

const reads = (source: string) =>
  nodeReadsIn(source, scope).map(({ text, via }) => (via === undefined ? text : `${via}: ${text}`));

describe('what reads facts of nodes', () => {
  it.each([
    ['nodes["one"].links.size() == 1', ['nodes']],
    ['nodes.all(n, nodes[n].links.size() > 0)', ['nodes', 'nodes']],
    // The variable hides the name in the body only.
    ['nodes.all(nodes, nodes == "a")', ['nodes']],
    ['before.nodes == after.nodes', ['before.nodes', 'after.nodes']],
    ['before["nodes"].size() == 1', ['before["nodes"]']],
    ['has(nodes.one)', ['nodes']],
    ['node.kernel == "6"', ['node: nodes']],
    ['before.node.kernel == "6"', ['node: nodes']],
    ['count == 1 && node.kernel == "6"', ['node: nodes']],
    // An observation that is used whole carries its nodes.
    ['before == after', ['before', 'after']],
    ['[before, after].all(one, one.nodes.size() == 1)', ['before', 'after']],
    ['whole.nodes.size() == 1', ['whole: before']],
  ])('%s', (source, expected) => {
    expect(reads(source)).toEqual(expected);
  });
});

describe('what does not', () => {
  it.each([
    'pods.idle.node == "one" && eth0.peer.where == "node"',
    'before.pods.idle.node == after.eth0.name',
    'probes.fetch.json.nodes.size() == 1',
    'pods.all(nodes, pods[nodes].ips.size() == 1)',
    '"nodes" == "nodes" // nodes',
  ])('%s', (source) => {
    expect(reads(source)).toEqual([]);
  });
});
