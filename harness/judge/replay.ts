import type { Observation } from '../domain/observation.js';
import { sourcePath, type Place } from './fact-place.js';
import type { Reading } from './world-names.js';

/** The shell lines that show again the facts that were read, in the order in which they were read, each once. */
export const replayLines = (readings: readonly Reading[]): readonly string[] => {
  const passed = placesPassed(readings);
  const lines = readings
    .filter(({ place, extent }) => extent === 'all-below' || !passed.has(place))
    .flatMap(({ from, place, extent }) => {
      if ('read' in from) return [from.read ? from.evidence.replay : from.replay];
      const path = sourcePath(place);
      return [...evidenceAbove(from, path), ...(extent === 'all-below' ? evidenceBelow(from, path) : [])]
        .map((index) => from.evidence[index]?.replay)
        .filter((line) => line !== undefined);
    });
  return [...new Set(lines)];
};

/** Reading `pods.web.containers.app.pid` passes `pods.web.containers`, which was not asked for as such. */
const placesPassed = (readings: readonly Reading[]): ReadonlySet<Place> => {
  const passed = new Set<Place>();
  for (const { place } of readings) {
    for (let at = place.parent; at !== undefined && !passed.has(at); at = at.parent) passed.add(at);
  }
  return passed;
};

/** The source of the path, or else of the nearest that it lies below. */
const evidenceAbove = ({ sources }: Observation, path: string): readonly number[] => {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const index = Object.hasOwn(sources, at) ? sources[at] : undefined;
    if (index !== undefined) return [index];
  }
  return [];
};

const evidenceBelow = ({ sources }: Observation, path: string): readonly number[] =>
  Object.entries(sources)
    .filter(([each]) => each.startsWith(`${path}.`))
    .map(([, index]) => index);
