/**
 * Why a part of an expression has no value; the message is the sentence that verdicts show.
 * - `absent`: what was read has no such entry or item. That is an observation, as much as a value is.
 * - `unreadable`: a fact, a probe or an observation could not be had.
 * - `failed`: the expression itself went wrong (a division by zero, text that is no number).
 */
export class NoValue extends Error {
  readonly kind: 'absent' | 'unreadable' | 'failed';

  constructor(kind: NoValue['kind'], message: string) {
    super(message);
    this.name = 'NoValue';
    this.kind = kind;
  }
}

export const absent = (message: string): NoValue => new NoValue('absent', message);

/** `path` is unknown for this reason. */
export const unknownFact = (path: string, reason: string): NoValue =>
  new NoValue('unreadable', `${path} is unknown: ${reason}`);

export const failed = (what: string): NoValue => new NoValue('failed', `the expression failed: ${what}`);
