import { isUnreadable } from '../domain/fact-types.js';
import { below, celPath, type Place } from './fact-place.js';
import { unknownFact, type NoValue } from './no-value.js';

/** Whether two facts are equal: one difference decides, and only without one does an unreadable part leave it open. */
export const sameFacts = (a: unknown, b: unknown, placeOfA: Place, placeOfB: Place): boolean | NoValue => {
  if (isUnreadable(a)) return unknownFact(celPath(placeOfA), a.$unreadable);
  if (isUnreadable(b)) return unknownFact(celPath(placeOfB), b.$unreadable);
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a) && a.length !== (b as readonly unknown[]).length) return false;

  let same: boolean | NoValue = true;
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    if (!Object.hasOwn(a, key) || !Object.hasOwn(b, key)) return false;
    const step = Array.isArray(a) ? Number(key) : key;
    const [itemOfA, itemOfB] = [a, b].map((each) => (each as Readonly<Record<string, unknown>>)[key]);
    const sameItem = sameFacts(itemOfA, itemOfB, below(placeOfA, step), below(placeOfB, step));
    if (sameItem === false) return false;
    if (sameItem !== true) same = sameItem;
  }
  return same;
};
