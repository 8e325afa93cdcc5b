import { describe, expect, it } from '@jest/globals';
import { select } from './select.js';
import { plan, scenario } from './testing/scenarios.js';

const all = ['d', 'a', 'c', 'b', 'e'].map((name) =>
  scenario(name, plan(), {
    labels: { topic: name < 'c' ? 'veth' : 'dns', tier: name === 'a' ? 'core' : '' },
  }),
);
const names = (selection: { readonly selector?: string; readonly shard?: string }) =>
  select(all, { selector: undefined, shard: undefined, ...selection }).map(({ name }) => name);

describe('select', () => {
  it('leaves all of them, in order, without a selection', () => {
    expect(names({})).toEqual(['d', 'a', 'c', 'b', 'e']);
  });

  it('keeps those that have all labels', () => {
    expect(names({ selector: 'topic=veth' })).toEqual(['a', 'b']);
    expect(names({ selector: 'topic=veth, tier=core' })).toEqual(['a']);
    expect(names({ selector: 'topic=veth,tier=' })).toEqual(['b']);
    expect(names({ selector: 'no-such=label' })).toEqual([]);
  });

  it('puts each scenario in exactly one shard, by its name and not by its place', () => {
    expect(['1/3', '2/3', '3/3'].map((shard) => names({ shard }))).toEqual([['d', 'a'], ['b', 'e'], ['c']]);
    const backwards = select([...all].reverse(), { selector: undefined, shard: '1/3' });
    expect(backwards.map(({ name }) => name)).toEqual(['a', 'd']);
    expect(names({ shard: '9/9' })).toEqual([]);
  });

  it('shards what was selected', () => {
    expect(names({ selector: 'topic=dns', shard: '2/2' })).toEqual(['d']);
  });

  it.each(['', 'topic', '=veth', 'topic!=veth', 'topic==veth', 'a=b,', 'a=b c'])(
    'refuses the selector %j',
    (selector) => {
      expect(() => names({ selector })).toThrow(expect.objectContaining({ code: 'usage/selector' }));
    },
  );

  it.each(['', '1', '0/4', '5/4', '1/0', 'a/b', '1/4/2', '-1/4', '1.5/4'])(
    'refuses the shard %j',
    (shard) => {
      expect(() => names({ shard })).toThrow(expect.objectContaining({ code: 'usage/shard' }));
    },
  );
});
