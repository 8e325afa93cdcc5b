import type { Verdict } from '../../domain/verdict.js';
import { markup, type Markup } from '../picture/markup.js';

/** Told apart by their shapes as well as by their colours. */
const signs: Readonly<Record<Verdict, string>> = {
  holds: '✓',
  refuted: '✕',
  vacuous: '∅',
  unknown: '?',
  'not-applicable': '–',
};

/** A verdict as a badge. */
export const verdictMark = (verdict: Verdict): Markup =>
  markup`<span class="verdict ${verdict}"><span class="sign" aria-hidden="true">${signs[verdict]}</span>${wordOf(verdict)}</span>`;

/** A verdict as people write it. */
export const wordOf = (verdict: Verdict): string => verdict.replace('-', ' ');
