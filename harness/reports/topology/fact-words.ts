import { isUnreadable, type Fact } from '../../domain/fact-types.js';

/** A fact as a word; one that could not be read is `?`. */
export const word = (fact: Fact<'string'> | Fact<'int'> | Fact<'bool'>): string =>
  isUnreadable(fact) ? '?' : String(fact);

/** Why facts could not be read, by their names. */
export const reasons = (facts: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(facts).flatMap(([name, fact]) =>
    isUnreadable(fact) ? [`${name}: ${fact.$unreadable}`] : [],
  );
