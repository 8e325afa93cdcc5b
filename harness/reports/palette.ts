import type { Verdict } from '../domain/verdict.js';

/** Paints text that has been laid out. What it says never depends on the colour. */
export interface Palette {
  verdict(verdict: Verdict, text: string): string;
  /** For what is read second. */
  quiet(text: string): string;
}

const colours: Readonly<Record<Verdict, number>> = {
  holds: 32,
  refuted: 31,
  vacuous: 35,
  unknown: 33,
  'not-applicable': 36,
};

export const palette = (colour: boolean): Palette => ({
  verdict: (verdict, text) => (colour ? `\u001b[${colours[verdict]}m${text}\u001b[39m` : text),
  quiet: (text) => (colour && text !== '' ? `\u001b[2m${text}\u001b[22m` : text),
});

/** The word for a verdict, that stands out without colour as well. */
export const verdictWord = (verdict: Verdict): string => verdict.toUpperCase().replace('-', ' ');
