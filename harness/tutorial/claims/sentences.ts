import type { Passage, Section } from '../markdown/document.js';

export interface Sentence {
  readonly text: string;
  /** Of the passage that it stands in. */
  readonly line: number;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** The sentences of passages. */
export const sentencesOf = (passages: readonly Passage[]): readonly Sentence[] =>
  passages
    .filter(({ kind }) => kind !== 'heading')
    .flatMap(({ text, line }) =>
      [...segmenter.segment(text)].map(({ segment }) => ({ text: segment.trim(), line })),
    );

/** A text as it is compared: blanks, quotation marks and dashes of any kind are alike. */
export const plain = (text: string): string =>
  text
    .replace(/[‘’‚‛′]/g, "'")
    .replace(/[“”„‟″«»]/g, '"')
    .replace(/[‐‑‒–—―]/g, '-')
    .replace(/[*_`]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

/** Whether a section, by its title, is the one that is meant. */
export const isTitled = ({ title }: Section, wanted: string): boolean =>
  plain(title).toLowerCase() === plain(wanted).toLowerCase();
