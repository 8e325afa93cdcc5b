import type { BaselineDifference } from '../domain/baseline.js';
import type { Json } from '../domain/fact-types.js';
import { counted } from './phrases.js';
import { oneLine } from './visible.js';

export const baselineFormats = ['text', 'json'] as const;
export type BaselineFormat = (typeof baselineFormats)[number];

/** What `netclaims diff` prints. */
export const baselineText = (differences: readonly BaselineDifference[], format: BaselineFormat): string => {
  if (format === 'json') return `${JSON.stringify(differences, undefined, 2)}\n`;
  return [...differenceLines(differences), headline(differences), ''].join('\n');
};

export const headline = (differences: readonly BaselineDifference[]): string =>
  differences.length === 0 ? 'nothing differs' : counted(differenceLines(differences).length, 'difference');

/** A line for each difference; one that several nodes or pods have alike is told once: `pods a, b: link eth0 mtu: 1500 → 1450`. */
export const differenceLines = (differences: readonly BaselineDifference[]): readonly string[] => {
  const groups = new Map<string, { readonly first: BaselineDifference; readonly whose: string[] }>();
  for (const difference of differences) {
    const [part = '', whose = '', ...place] = difference.path;
    const key = JSON.stringify(
      part === 'node' || part === 'pod'
        ? [part, place, difference.was, difference.is]
        : [part, whose, place, difference.was, difference.is],
    );
    const group = groups.get(key) ?? { first: difference, whose: [] };
    group.whose.push(whose);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ first: { path, was, is }, whose }) => {
    const [part = '', , ...place] = path;
    const subject = `${part}${whose.length > 1 ? 's' : ''} ${whose.join(', ')}`;
    return oneLine(`${subject}: ${place.length === 0 ? '' : `${place.join(' ')}: `}${change(was, is)}`);
  });
};

const change = (was: Json | undefined, is: Json | undefined): string => {
  if (was === undefined) return `new: ${shown(is)}`;
  if (is === undefined) return `gone: ${shown(was)}`;
  return `${shown(was)} → ${shown(is)}`;
};

/** A map as `key value, key value`, what is empty in it left out. */
const shown = (value: Json | undefined): string => {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value !== 'object') return value === '' ? 'nothing' : String(value);
  if (Array.isArray(value))
    return value.length === 0 ? 'nothing' : value.map((item: Json) => shown(item)).join(', ');
  const entries = Object.entries(value as Readonly<Record<string, Json>>).filter(
    ([, item]) => !isEmpty(item),
  );
  return entries.length === 0 ? 'nothing' : entries.map(([key, item]) => `${key} ${shown(item)}`).join(', ');
};

const isEmpty = (value: Json): boolean =>
  value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
