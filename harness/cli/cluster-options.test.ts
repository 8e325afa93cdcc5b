import { describe, expect, it } from '@jest/globals';
import { InvalidArgumentError } from 'commander';
import { collect, count, durationMs } from './cluster-options.js';

describe('count', () => {
  it('reads whole numbers of at least 1', () => {
    expect(['1', '12', '999999'].map(count)).toEqual([1, 12, 999_999]);
    for (const text of ['0', '-1', '1.5', '1e3', ' 1', '', '0x1', '01', 'one', '1000000'])
      expect(() => count(text)).toThrow(InvalidArgumentError);
  });
});

describe('durationMs', () => {
  it('reads durations as Kubernetes writes them', () => {
    expect(['500ms', '30s', '2m', '1m30s', '1.5s'].map(durationMs)).toEqual([
      500, 30_000, 120_000, 90_000, 1_500,
    ]);
    for (const text of ['0s', '30', '-1s', 's', '1d', '1 s', '', '600h', '24h1ms', '9999999999h', '0.1ms'])
      expect(() => durationMs(text)).toThrow('It must be a duration');
  });
});

describe('collect', () => {
  it('keeps the order in which an option was given', () => {
    expect(collect('b', collect('a'))).toEqual(['a', 'b']);
  });
});
