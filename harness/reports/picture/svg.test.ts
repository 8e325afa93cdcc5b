import { describe, expect, it } from '@jest/globals';
import { parseXml, type ParsedElement } from '../golden/parse-xml.js';
import { observationOf, nodeOf, podOf, twoPods } from '../golden/world.js';
import { hostile } from '../golden/facts.js';
import { changesBetween, thingsOf } from '../topology/changes.js';
import { topologyOf } from '../topology/topology-of.js';
import { arrange } from './arrange.js';
import type { Rectangle } from './picture.js';
import { renderSvgFile } from './svg-file.js';
import { renderSvg } from './svg.js';

const draw = (topology: ReturnType<typeof topologyOf>, changes = new Map()) =>
  parseXml(renderSvg(arrange(topology), { label: 'x', changes }).text);
const withThing = (element: ParsedElement): readonly ParsedElement[] => [
  ...('data-thing' in element.attributes ? [element] : []),
  ...element.children.flatMap(withThing),
];
const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('arrange', () => {
  const { frames, items, width, height } = arrange(topologyOf(twoPods));
  const contains = (outer: Rectangle, inner: Rectangle): boolean =>
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.width >= inner.x + inner.width &&
    outer.y + outer.height >= inner.y + inner.height;

  it('keeps everything within the picture, each thing in its frame, and no two in one place', () => {
    const all: readonly Rectangle[] = [...frames, ...items];
    expect(all.filter((one) => !contains({ x: 0, y: 0, width, height }, one))).toEqual([]);
    for (const pod of frames.filter(({ look }) => look === 'pod')) {
      const eth0 = items.find(({ thing }) => thing?.id === `link/pod/${pod.name}/eth0`);
      expect(eth0 !== undefined && contains(pod, eth0)).toBe(true);
    }
    const crossing = items.flatMap((one, index) =>
      items.slice(index + 1).filter((other) => one.kind !== 'note' && overlap(one, other)),
    );
    expect(crossing).toEqual([]);
    const pods = frames.filter(({ look }) => look !== 'node');
    expect(
      pods.flatMap((one, index) => pods.slice(index + 1).filter((other) => overlap(one, other))),
    ).toEqual([]);
  });

  it('has a picture of nothing', () => {
    expect(arrange({ nodes: [], wires: [] })).toMatchObject({ width: 0, height: 0 });
    expect(arrange(topologyOf(observationOf('now', [], nodeOf([])))).frames).toHaveLength(2);
  });
});

describe('renderSvg', () => {
  it('draws every thing of the topology once', () => {
    const topology = topologyOf(twoPods);
    const drawn = withThing(draw(topology)).map(({ attributes }) => attributes['data-thing']);
    expect([...drawn].sort()).toEqual(
      thingsOf(topology)
        .map(({ id }) => id)
        .sort(),
    );
  });

  it('marks what changed, and says how', () => {
    const topology = topologyOf(twoPods);
    const before = topologyOf(observationOf('b', [podOf('left', 99)], nodeOf([])));
    const changes = new Map(changesBetween(before, topology).map((change) => [change.thing.id, change]));
    const drawn = new Map(
      withThing(draw(topology, changes)).map((one) => [one.attributes['data-thing'], one]),
    );
    expect(drawn.get('netns/pod/left')?.attributes.class).toContain('is-changed');
    expect(drawn.get('netns/pod/left')?.children[0]?.text).toContain('inode 99 → 100');
    expect(drawn.get('netns/pod/right')?.attributes.class).toContain('is-new');
  });

  it('is a file of its own with its style', () => {
    const { children } = parseXml(renderSvgFile(twoPods));
    expect(children[0]).toMatchObject({ name: 'style', text: expect.stringContaining('.topology .wire') });
    expect(children.filter(({ attributes }) => attributes.class?.startsWith('wire veth'))).toHaveLength(2);
  });

  it('is well-formed whatever things are called', () => {
    const topology = topologyOf(observationOf(hostile, [podOf(hostile, 100)], nodeOf([], { name: hostile })));
    expect(() => draw(topology)).not.toThrow();
  });
});
