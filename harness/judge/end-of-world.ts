import { sentenceOf } from '../domain/failure.js';
import type { Observation } from '../domain/observation.js';
import type { WorldRecord } from '../domain/world-record.js';

/** Why a world ended before its last step; undefined when it did not. */
export const reasonOfEnd = ({ unmetWaits, failure }: WorldRecord): string | undefined =>
  unmetWaits[0]?.message ?? (failure && sentenceOf(failure));

/**
 * The observation that `pods` means: the last one. In a world that ended early it is undefined unless the record says that no further
 * one was to come: an earlier observation must never be taken for the one that a claim is about.
 */
export const lastObservation = (record: WorldRecord): Observation | undefined => {
  const isLast =
    record.missed === undefined ? reasonOfEnd(record) === undefined : record.missed.observations.length === 0;
  return isLast ? record.observations.at(-1) : undefined;
};

/** An observation or probe by its name, the last of several; undefined also when a later one of the name was missed. */
export const recorded = <T extends { readonly name: string }>(
  all: readonly T[],
  missed: readonly string[] | undefined,
  name: string,
): T | undefined => (missed?.includes(name) ? undefined : all.findLast((each) => each.name === name));
