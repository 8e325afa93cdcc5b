import { isUnreadable, type Json, type Unreadable } from '../domain/fact-types.js';

/** What stands for a fact that could not be read. Why it could not is another text in every run. */
export const unread = '<could not be read>';

/** Whether a place of a baseline says that it could not be seen. */
export const isUnread = (value: Json | undefined): boolean => value === unread || value === 'unknown';

/** A part of a look: made from a fact, unless that could not be read. */
export const look = <T>(fact: T | Unreadable, of: (value: T) => Json): Json =>
  isUnreadable(fact) ? unread : of(fact);

/** A fact as it is. */
export const plain = (fact: Json | Unreadable): Json => look(fact, (value) => value);

export const word = (fact: string | Unreadable): string => (isUnreadable(fact) ? '' : fact);
