import type { Ended } from './answers.js';
import { intOr, printedList, textOf } from './printed.js';

export const namedNetnsArgv = ['ip', '-json', 'netns', 'list'] as const;

/** The ids, by name, that the netns in which it was asked has for the named ones (in /run/netns); -1 for one without. */
export const parseNamedNetns = (answer: Ended): ReadonlyMap<string, number> =>
  new Map(printedList(answer).map((printed) => [textOf(printed, 'name'), intOr(-1, printed, 'id')]));

/** The name that `ip netns` has for a netns kept at a path, or undefined where it keeps none there. */
export const netnsName = (path: string): string | undefined =>
  /^(?:\/var)?\/run\/netns\/([^/]+)$/.exec(path)?.[1];
