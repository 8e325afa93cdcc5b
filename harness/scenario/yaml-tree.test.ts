import { describe, expect, it } from '@jest/globals';
import { load } from 'js-yaml';
import { parseYaml, type YamlNode } from './yaml-tree.js';

/** The value as the tree has it: wrong wherever nodes were put in a wrong place. */
const rebuilt = (node: YamlNode): unknown => {
  switch (node.kind) {
    case 'mapping':
      return Object.fromEntries(
        node.pairs.map(({ key, value }) => [String(key.value), value === undefined ? null : rebuilt(value)]),
      );
    case 'sequence':
      return node.items.map(rebuilt);
    case 'empty':
      return null;
    default:
      return node.value;
  }
};

const texts: readonly (readonly [string, string])[] = [
  ['a plain scalar', 'just a sentence'],
  ['block collections', 'a:\n  - b\n  - c: d\n    e: f\n  -\n    g: h\nb:\n- 1\n- 2\n'],
  ['flow collections', '{a: [1, {b: 2}, [], {}], "c": {d: {e: f}}, g}'],
  ['collections that begin on the line of a dash', '- - a\n  - - b\n- c: d\n- {e: f}\n- [g]\n'],
  ['items left empty', '-\n- # a - comment\n- a\n-\n-\n- - \n  - b\n  -\n'],
  ['values left empty', 'a:\nb: # nothing\nc:\n  d:\n  e: 1\nf: {g: , h}\n'],
  ['a dash in the column of its key', 'a:\n- b\n-\n- c\nd: e\n'],
  [
    'every style of scalar',
    "a: b c\nd: \"e\\n\"\nf: 'g ''h'''\ni: |\n  j\n  k\nl: >-\n  m\n  n\no: p\n  q\n",
  ],
  [
    'block scalars behind comments',
    'a: | # why\n  b # no comment\n# a comment\nc: >+\n\n  d\n\n- e: f\n'.replace('- e: f\n', 'e: f\n'),
  ],
  ['explicit keys', '? a\n: b\n? c\n? d\n: - e\n  - f\n'],
  ['a pair as an item', '[a: b, c, d: {e: f}]'],
  ['anchors and aliases', 'a: &x {b: 1}\nc: *x\nd: [*x, &y z, *y]\ne: &w\n  f: g\nh: *w\n'],
  ['an anchor on the first key', '- &k a: b\n  c: *k\n- !!str d: e\n- &m\n  f: g\n'],
  ['tags', 'a: !!str 5\nb: !!map {c: d}\ne: !!seq\n- f\ng: !!int "7"\n'],
  ['JSON with tabs', '{\n\t"a": [1, 2.5, true, null, "b\\u0041"],\n\t"c": {}\n}\n'],
  ['comments everywhere', '# x\na: # y\n  # z: 1\n  - b # - c\n  # - d\n  - [e, # f, g\n     h]\n'],
  ['keys in quotes', '"a b": 1\n\'c: d\': 2\n"": 3\n'],
  ['a document marker', '--- # comment\na: b\n...\n'],
  ['line breaks of Windows', 'a:\r\n  - b\r\n  -\r\n  - |\r\n    c\r\n    d\r\ne: f\r\n'],
];

describe('parseYaml', () => {
  it.each(texts)('puts the nodes of %s where js-yaml has their values', (_, text) => {
    const [document, second] = parseYaml(text, 'scenario');
    expect(second).toBeUndefined();
    expect(document?.value).toEqual(load(text));
    expect(document && rebuilt(document.root)).toEqual(load(text));
  });

  it.each(texts)('lets each scalar of %s begin where it is written', (_, text) => {
    const scalars: YamlNode[] = [];
    const visit = (node: YamlNode): void => {
      if (node.kind === 'scalar') scalars.push(node);
      node.items.forEach(visit);
      node.pairs.forEach(({ key, value }) => [key, value].forEach((part) => part && visit(part)));
    };
    parseYaml(text, 'scenario').forEach(({ root }) => visit(root));
    const simple = scalars.filter(({ value }) => /^[\w ]+$/.test(String(value)));
    expect(simple.length).toBeGreaterThan(0);
    const elsewhere = simple.filter(({ contentStart, end, value }) => {
      const written = text.slice(contentStart, end);
      return !/^["'|>]/.test(written) && !written.startsWith(String(value).split(' ')[0] ?? '');
    });
    expect(elsewhere).toEqual([]);
  });

  it('keeps both of two equal keys', () => {
    const [document] = parseYaml('a: 1\na: 2\n', 'scenario');
    expect(document?.root.pairs.map(({ key, value }) => [key.start, value?.value])).toEqual([
      [0, 1],
      [5, 2],
    ]);
  });

  it('reads what YAML 1.1 made dates and binaries as Kubernetes does', () => {
    expect(parseYaml('a: 2001-12-14\nb: yes\n', 'scenario')[0]?.value).toEqual({ a: '2001-12-14', b: 'yes' });
    expect(() => parseYaml('a: !!binary aGk=', 'scenario')).toThrow('unknown tag');
    expect(() => parseYaml('a: !!js/function "f"', 'scenario')).toThrow('unknown tag');
  });

  it('merges', () => {
    expect(parseYaml('a: &a {b: 1, c: 2}\nd: {<<: *a, c: 3}', 'scenario')[0]?.value).toEqual({
      a: { b: 1, c: 2 },
      d: { b: 1, c: 3 },
    });
  });
});
