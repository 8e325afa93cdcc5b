import { resolve } from 'node:path';

/** A place in a scenario file; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * An error that Jest shows by its text, and by the lines of the scenario file around a place. Jest finds them by the stack's first frame;
 * frames of the harness would say nothing of a scenario.
 */
export const plainError = (text: string, place?: Place): Error => {
  const error = new Error(text);
  error.stack =
    place === undefined
      ? ''
      : `${text}\n    at scenario (${resolve(place.file)}:${place.line}:${place.column})`;
  return error;
};
