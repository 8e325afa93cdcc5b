import { sentenceOf } from '../domain/failure.js';
import type { Observation, ProbeResult } from '../domain/observation.js';
import type { WorldReport } from '../domain/world-report.js';

/** Why a world ended before its last step; undefined when it did not. */
export const reasonOfEnd = ({ unmetWaits, failure }: WorldReport): string | undefined =>
  unmetWaits[0]?.message ?? (failure === null ? undefined : sentenceOf(failure));

/**
 * The observation that `pods` means: the last one. In a world that ended early it is undefined unless the report says that no further
 * one was to come: an earlier observation must never be taken for the one that a claim is about.
 */
export const lastObservation = (world: WorldReport): Observation | undefined => {
  const isLast =
    world.missed === undefined ? reasonOfEnd(world) === undefined : world.missed.observations.length === 0;
  if (!isLast) return undefined;
  // The keys of a JSON object have no order that can be relied on: the time has.
  return Object.values(world.observations)
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .at(-1);
};

/** An observation by its name; undefined also when a later one of the name was missed. */
export const recordedObservation = (
  { observations, missed }: WorldReport,
  name: string,
): Observation | undefined => (missed?.observations.includes(name) ? undefined : own(observations, name));

/** A probe's result by its name; undefined also when a later one of the name was missed. */
export const recordedProbe = ({ probes, missed }: WorldReport, name: string): ProbeResult | undefined =>
  missed?.probes.includes(name) ? undefined : own(probes, name);

const own = <T>(all: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(all, name) ? all[name] : undefined;
