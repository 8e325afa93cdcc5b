import { NetclaimsError } from '../domain/error.js';
import type { Scenario } from '../domain/scenario.js';

export interface Selection {
  /** `k=v[,k=v]`: the labels that a scenario must have, all of them. */
  readonly selector: string | undefined;
  /** `I/N`: the Ith of N parts, from 1. */
  readonly shard: string | undefined;
}

/**
 * The scenarios that a selection leaves, in the order given. Every scenario is in exactly one of N shards, in the same one
 * wherever and in whatever order the files were named.
 * @throws NetclaimsError `usage/selector`, `usage/shard`
 */
export const select = (scenarios: readonly Scenario[], selection: Selection): readonly Scenario[] => {
  const labels = selection.selector === undefined ? [] : parseSelector(selection.selector);
  const selected = scenarios.filter((scenario) =>
    labels.every(([key, value]) => scenario.labels[key] === value),
  );
  return selection.shard === undefined ? selected : pickShard(selected, parseShard(selection.shard));
};

const parseSelector = (text: string): readonly (readonly [key: string, value: string])[] =>
  text.split(',').map((part) => {
    const [, key, value] = /^\s*([^=!\s]+)=([^=\s]*)\s*$/.exec(part) ?? [];
    if (key === undefined || value === undefined) {
      throw new NetclaimsError({
        code: 'usage/selector',
        what: `--selector ${text}: \`${part}\` is not of the form KEY=VALUE`,
        remedy: 'name labels as in metadata.labels: --selector topic=network-namespaces,tier=core',
      });
    }
    return [key, value];
  });

interface Shard {
  readonly index: number;
  readonly count: number;
}

const parseShard = (text: string): Shard => {
  const [, index = '', count = ''] = /^([0-9]+)\/([0-9]+)$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (shard.index < 1 || shard.index > shard.count) {
    throw new NetclaimsError({
      code: 'usage/shard',
      what: `--shard ${text} is not of the form I/N with I from 1 to N`,
      remedy: 'name the first of four parts as --shard 1/4',
    });
  }
  return shard;
};

const pickShard = (scenarios: readonly Scenario[], shard: Shard): readonly Scenario[] => {
  const names = scenarios.map((scenario) => scenario.name).sort();
  const mine = new Set(names.filter((_, index) => index % shard.count === shard.index - 1));
  return scenarios.filter((scenario) => mine.has(scenario.name));
};
