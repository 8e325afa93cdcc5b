import { isUnreadable, type Unreadable } from './fact-types.js';

/** The items of a list that was read; none of one that was not. */
export const itemsOf = <T>(fact: readonly T[] | Unreadable): readonly T[] => (isUnreadable(fact) ? [] : fact);
