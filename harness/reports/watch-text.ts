import type { Observation } from '../domain/observation.js';
import { changeText } from './picture/svg.js';
import { changesBetween } from './topology/changes.js';
import { topologyOf } from './topology/topology-of.js';
import type { NetnsBox, Topology } from './topology/topology.js';
import { visible } from './visible.js';

/** Tells what changes from one observation to the next. */
export interface Watch {
  /** A line for each thing that is new, gone, changed or cannot be read any more since the observation before. */
  next(observation: Observation): readonly string[];
}

/**
 * A watch that begins with an observation. What could not be read is told as that; it is compared again once it can be: not seen is not the same as
 * gone.
 */
export const watchFrom = (observation: Observation): Watch => {
  let before = topologyOf(observation);
  let told = unreadIn(before);
  return {
    next: (now) => {
      const after = topologyOf(now);
      const unread = unreadIn(after);
      const news = unread.filter((reason) => !told.includes(reason));
      told = unread;
      if (unread.some((reason) => !unreadIn(before).includes(reason)))
        return news.map((reason) => `? ${reason}`);
      const lines = [...changeLines(before, after), ...strangerLines(before, after)];
      before = after;
      return lines;
    },
  };
};

const signs = { new: '+', gone: '-', changed: '~' } as const;

const changeLines = (before: Topology, after: Topology): readonly string[] =>
  changesBetween(before, after).map((change) => {
    const line = `${signs[change.kind]} ${change.thing.title}`;
    return visible(change.kind === 'changed' ? `${line}: ${changeText(change)}` : line);
  });

/** Veths whose other end is in none of the namespaces that are read, such as those of other people's pods. */
const strangerLines = (before: Topology, after: Topology): readonly string[] => {
  const [old, now] = [strangersIn(before), strangersIn(after)];
  const lines = (sign: string, all: readonly string[], others: readonly string[]) =>
    all.filter((one) => !others.includes(one)).map((one) => visible(`${sign} ${one}`));
  return [...lines('+', now, old), ...lines('-', old, now)];
};

const strangersIn = (topology: Topology): readonly string[] =>
  boxesOf(topology).flatMap(({ name, strangers }) =>
    strangers.map((link) => `${link} of ${name}, a veth to a namespace that is not read`),
  );

const unreadIn = (topology: Topology): readonly string[] =>
  boxesOf(topology).flatMap(({ title, unreadable }) =>
    unreadable.map((reason) => visible(`${title}: ${reason}`)),
  );

const boxesOf = ({ nodes }: Topology): readonly NetnsBox[] =>
  nodes.flatMap(({ root, pods }) => [root, ...pods]);
