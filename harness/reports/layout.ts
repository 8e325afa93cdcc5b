const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Plain characters up to the last before others, or a stretch of others that is not too long. */
const stretches = /[\x20-\x7e]+(?![^\x20-\x7e])|[\x20-\x7e]?[^\x20-\x7e]{1,200}|[\x20-\x7e]/gu;

/** The characters as a reader counts them. A segmenter copies its whole text for each of them, so it is given short ones. */
const graphemes = (text: string): readonly string[] =>
  (text.match(stretches) ?? []).flatMap((stretch) =>
    isPlain(stretch) ? Array.from(stretch) : [...segmenter.segment(stretch)].map(({ segment }) => segment),
  );

/** Characters that take two cells: East Asian wide and fullwidth ones, and what is drawn as an emoji. */
const wide =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6\p{Emoji_Presentation}]/u;

/** Marks that share the cell of the character before them. */
const combining = /^\p{M}/u;

/** How many cells of a terminal a text takes that has been made visible. */
export const displayWidth = (text: string): number =>
  isPlain(text) ? text.length : graphemes(text).reduce((sum, grapheme) => sum + cells(grapheme), 0);

const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

const cells = (grapheme: string): number => (combining.test(grapheme) ? 0 : wide.test(grapheme) ? 2 : 1);

/** The text filled up with blanks to a width in cells. */
export const padded = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - displayWidth(text)));

/** The text on at most so many cells; what was cut is marked by an ellipsis. */
export const cut = (text: string, width: number): string => {
  if (displayWidth(text) <= width) return text;
  const [first = ''] = pieces(text, Math.max(1, width - 1));
  return width < 1 ? '' : width === 1 ? '…' : `${first}…`;
};

/** The words of a text on lines of at most so many cells; a longer word is broken. At least one line. */
export const wrapped = (text: string, width: number): readonly string[] => {
  const room = Math.max(1, width);
  const words = text
    .split(' ')
    .filter((word) => word !== '')
    .flatMap((word) => pieces(word, room));
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && displayWidth(last) + 1 + displayWidth(word) <= room) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines.length === 0 ? [''] : lines;
};

/** Pieces of at most so many cells, never within a character. */
const pieces = (text: string, width: number): readonly string[] => {
  if (displayWidth(text) <= width) return [text];
  const all: string[] = [];
  let room = 0;
  for (const segment of graphemes(text)) {
    const needed = cells(segment);
    if (all.length === 0 || needed > room) {
      all.push(segment);
      room = width - needed;
    } else {
      all.push(`${all.pop() ?? ''}${segment}`);
      room -= needed;
    }
  }
  return all;
};

/** Each line behind so many blanks; an empty one stays empty. */
export const indented = (lines: readonly string[], by: number): readonly string[] =>
  lines.map((line) => (line === '' ? '' : ' '.repeat(by) + line));

/**
 * Two columns, the right one aligned and its text wrapped in it. Where the left one would leave too little room, what belongs to
 * a row stands below it instead.
 */
export const twoColumns = (
  rows: readonly { readonly left: string; readonly right: string }[],
  width: number,
): readonly string[] => {
  const leftWidth = Math.max(0, ...rows.map((row) => displayWidth(row.left)));
  const rightWidth = width - leftWidth - 2;
  const needed = Math.min(24, Math.max(0, ...rows.map((row) => displayWidth(row.right))));
  if (rightWidth >= needed && rightWidth > 0) {
    return rows.flatMap(({ left, right }) =>
      wrapped(right, rightWidth).map((line, index) =>
        `${padded(index === 0 ? left : '', leftWidth)}  ${line}`.trimEnd(),
      ),
    );
  }
  return rows.flatMap(({ left, right }) => [
    ...wrapped(left, width),
    ...indented(wrapped(right, width - 2), 2),
  ]);
};

/**
 * A head, and a text that goes on behind it and is wrapped below, indented by `hang`. `paint` colours the head once it is laid out.
 */
export const headed = (
  head: string,
  text: string,
  {
    columns,
    hang,
    paint,
  }: { readonly columns: number; readonly hang: number; readonly paint: (head: string) => string },
): readonly string[] => {
  const room = columns - hang;
  const below = text === '' ? [] : indented(wrapped(text, room), hang);
  const [first = '', ...more] = wrapped(head, room);
  if (more.length > 0) return [paint(first), ...indented(more.map(paint), hang), ...below];
  if (text === '') return [paint(head.trimEnd())];
  // While lines are filled the head is one word, shorter by the indentation that its line has not.
  const stand = unbroken(' '.repeat(Math.max(1, displayWidth(head) - hang)));
  const [beside = '', ...rest] = wrapped(`${stand} ${text}`, room);
  const start = beside === stand ? paint(head.trimEnd()) : paint(head) + beside.slice(stand.length);
  return [start, ...indented(rest, hang)].map(rebroken);
};

/** The words of a text held together when lines are filled, until `rebroken`. */
export const unbroken = (text: string): string => text.replaceAll(' ', '\u00a0');

export const rebroken = (text: string): string => text.replaceAll('\u00a0', ' ');
