import { isCutAt, isCutBefore, mayBeCut } from './dropped-output.js';
import { redactedMark } from './redacted-mark.js';
import { shortestKnown, spellingsOf } from './secret-spellings.js';

/**
 * Takes known secrets out of a text, in whatever spelling, also where the text was cut within one. Takes a time that grows with the text,
 * and with the number of secrets.
 */
export const redactKnown = (known: readonly string[]): ((text: string) => string) => {
  const { texts, cores } = spellingsOf(known);
  const all = [...texts, ...cores];
  return (text) => {
    let rest = texts.reduce((whole, value) => whole.replaceAll(value, redactedMark), text);
    for (const core of cores) rest = withoutCore(rest, core);
    if (cores.length > 0) rest = withoutBrokenCores(rest, cores);
    return mayBeCut(rest) ? withoutParts(rest, all) : rest;
  };
};

/** The characters beside it that have the rest of its first and last bytes. */
const besideCore = 4;

const isBase64 = (character: string | undefined): boolean =>
  character !== undefined && /[A-Za-z0-9+/=_-]/.test(character);

/** Where a core is, with the characters beside it. */
const placesOf = (
  text: string,
  core: string,
): readonly { readonly start: number; readonly end: number }[] => {
  const places: { readonly start: number; readonly end: number }[] = [];
  let from = 0;
  for (let at = text.indexOf(core); at >= 0; at = text.indexOf(core, from)) {
    let start = at;
    let end = at + core.length;
    while (start > Math.max(from, at - besideCore) && isBase64(text[start - 1])) start -= 1;
    while (end < at + core.length + besideCore && isBase64(text[end])) end += 1;
    places.push({ start, end });
    from = end;
  }
  return places;
};

const withoutCore = (text: string, core: string): string => {
  const places = placesOf(text, core);
  if (places.length === 0) return text;
  const ends = [0, ...places.map(({ end }) => end)];
  return [
    ...places.map(({ start }, index) => text.slice(ends[index], start) + redactedMark),
    text.slice(ends.at(-1)),
  ].join('');
};

/** Tools break base64 into lines of 64 or 76 characters; what is shorter is no such line. */
const shortestLine = 20;
const endOfLine = new RegExp(`[A-Za-z0-9+/_-]{${shortestLine}}$`);

/** The same where a line break is within it: it is looked for in the text without the breaks between lines of base64. */
const withoutBrokenCores = (text: string, cores: readonly string[]): string => {
  const pieces: { readonly start: number; readonly joinedAt: number; readonly text: string }[] = [];
  let from = 0;
  let joinedAt = 0;
  const take = (end: number) => {
    pieces.push({ start: from, joinedAt, text: text.slice(from, end) });
    joinedAt += end - from;
  };
  for (const { 0: found, index } of text.matchAll(/\r?\n[ \t]{0,40}|\\n/g)) {
    if (!endOfLine.test(text.slice(Math.max(0, index - shortestLine), index))) continue;
    take(index);
    from = index + found.length;
  }
  if (pieces.length === 0) return text;
  take(text.length);
  const joined = pieces.map((piece) => piece.text).join('');
  /** Where a place of the joined text is in the whole one. */
  const placeOf = (at: number): number => {
    let [low, high] = [0, pieces.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((pieces[middle]?.joinedAt ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return (pieces[low]?.start ?? 0) + at - (pieces[low]?.joinedAt ?? 0);
  };
  const found = cores.flatMap((core) => placesOf(joined, core)).sort((a, b) => a.start - b.start);
  let end = 0;
  const kept: string[] = [];
  for (const place of found) {
    if (placeOf(place.start) < end) continue;
    kept.push(text.slice(end, placeOf(place.start)), redactedMark);
    end = placeOf(place.end - 1) + 1;
  }
  return kept.join('') + text.slice(end);
};

/** A report cuts long values: the beginning of a secret before the cut is a part of it, and so is the end of one after it. */
const withoutParts = (text: string, values: readonly string[]): string =>
  values.reduce((rest, value) => withoutEnds(withoutBeginnings(rest, value), value), text);

const withoutBeginnings = (text: string, value: string): string => {
  const first = value.slice(0, shortestKnown);
  const pieces: string[] = [];
  let from = 0;
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    if (at < from) continue;
    let length = shortestKnown;
    while (length < value.length && text[at + length] === value[length]) length += 1;
    if (!isCutAt(text, at + length)) continue;
    pieces.push(text.slice(from, at), redactedMark);
    from = at + length;
  }
  return from === 0 ? text : pieces.join('') + text.slice(from);
};

const withoutEnds = (text: string, value: string): string => {
  const last = value.slice(-shortestKnown);
  const pieces: string[] = [];
  let from = 0;
  for (let at = text.indexOf(last); at >= 0; at = text.indexOf(last, at + 1)) {
    const end = at + last.length;
    let length = last.length;
    while (length < value.length && text[end - length - 1] === value[value.length - length - 1]) length += 1;
    const start = end - length;
    if (start < from || !isCutBefore(text, start)) continue;
    pieces.push(text.slice(from, start), redactedMark);
    from = end;
  }
  return from === 0 ? text : pieces.join('') + text.slice(from);
};
