import { describe, expect, it } from '@jest/globals';
import { everyVerdict } from './golden/every-verdict.js';
import { hostile, observation } from './golden/facts.js';
import { renderJson } from './json.js';

const parsed = JSON.parse(renderJson(everyVerdict)) as typeof everyVerdict;

describe('renderJson', () => {
  it('loses nothing', () => {
    expect(parsed).toEqual(everyVerdict);
    expect(parsed.scenarios[0]?.observations.now?.evidence[0]?.stdout).toBe(hostile);
  });

  it('gives the same bytes whatever the order of the keys', () => {
    const shuffled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffled);
      if (typeof value !== 'object' || value === null) return value;
      const entries = Object.entries(value).map(([key, item]) => [key, shuffled(item)] as const);
      return Object.fromEntries(isInOrder(value) ? entries : entries.reverse());
    };
    const inOrder = new Set<unknown>([
      ...everyVerdict.scenarios
        .flatMap((one) => [one, ...one.controls])
        .flatMap((world) => [world.let, world.probes]),
      observation.pods.web?.cni,
    ]);
    const isInOrder = (value: object) => inOrder.has(value) || 'cniVersion' in value || 'mac' in value;
    const other = shuffled(everyVerdict) as typeof everyVerdict;
    expect(JSON.stringify(other)).not.toBe(JSON.stringify(everyVerdict));
    expect(renderJson(other)).toBe(renderJson(everyVerdict));
  });

  it('keeps the order in which things happened, sorts what only has names, and ends with a newline', () => {
    const [scenario] = parsed.scenarios;
    expect(Object.keys(parsed).slice(0, 3)).toEqual(['apiVersion', 'kind', 'tool']);
    expect(Object.keys(scenario?.let ?? {})).toEqual(['p1', 'p0']);
    expect(Object.keys(scenario?.probes ?? {})).toEqual(['zeroth', 'fetch']);
    expect(Object.keys(scenario?.observations.now?.pods ?? {})).toEqual(['alone', 'web']);
    expect(Object.keys(scenario?.observations.now?.sources ?? {})).toEqual(['nodes', 'pods.web']);
    expect(renderJson(everyVerdict)).toMatch(/[^\n]\n$/);
  });
});
