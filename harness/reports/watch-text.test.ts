import { expect, it } from '@jest/globals';
import { unreadable, type Facts } from '../domain/fact-types.js';
import type { Observation } from '../domain/observation.js';
import { twoPods } from './golden/world.js';
import { itemsOf } from '../domain/fact-items.js';
import { word } from './topology/fact-words.js';
import { watchFrom } from './watch-text.js';

const withNode = (change: (node: Facts<'Node'>) => Partial<Facts<'Node'>>): Observation => ({
  ...twoPods,
  nodes: Object.fromEntries(
    Object.entries(twoPods.nodes).map(([name, node]) => [name, { ...node, ...change(node) }]),
  ),
});

it('tells what is new, gone and changed', () => {
  const watch = watchFrom(twoPods);
  expect(watch.next(twoPods)).toEqual([]);
  const { left } = twoPods.pods;
  if (left === undefined) throw new Error('no pod');
  const links = itemsOf(left.links).map((link) =>
    word(link.name) === 'eth0' ? { ...link, mtu: 1_400 } : link,
  );
  const lines = watch.next({ ...twoPods, pods: { left: { ...left, links } } });
  expect(lines).toContain('- the network namespace of right');
  expect(lines).toContain('- eth0 of right');
  expect(lines).toContain('~ eth0 of left: mtu 1500 → 1400');
  expect(watch.next(twoPods)).toContain('+ eth0 of right');
});

it('does not tell of anything as gone that could not be read', () => {
  const watch = watchFrom(twoPods);
  const unread = withNode(() => ({ links: unreadable('`ip` is missing') }));
  expect(watch.next(unread)).toEqual([
    expect.stringMatching(/^\? the network namespace of .*`ip` is missing/),
  ]);
  expect(watch.next(unread)).toEqual([]);
  expect(watch.next(twoPods)).toEqual([]);
});

it('tells of veths to namespaces that are not read, and obeys nothing of their names', () => {
  const watch = watchFrom(twoPods);
  const stranger = withNode(({ links }) => {
    const all = itemsOf(links);
    const veth = all.find(({ peer }) => 'where' in peer && peer.where === 'pod');
    if (veth === undefined || !('where' in veth.peer)) throw new Error('no veth');
    return {
      links: [
        ...all,
        { ...veth, name: 'cali\u001b1', ifindex: 99, peer: { ...veth.peer, where: 'elsewhere' } },
      ],
    };
  });
  expect(watch.next(stranger)).toEqual([
    expect.stringMatching(/^\+ cali\\x1b1 of .*, a veth to a namespace that is not read$/),
  ]);
});
