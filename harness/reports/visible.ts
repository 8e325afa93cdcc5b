import { escapeOf, writtenOut } from '../domain/unseen.js';
import { excerpt } from './excerpt.js';

/** What a CI system obeys in a log, as `::error::` and `##[error]` of GitHub or `##vso[` of Azure. An address such as `fe80::1` is none. */
const ciCommands =
  /::(?=(?:error|warning|notice|debug|group|endgroup|echo|add-mask|add-matcher|remove-matcher|add-path|set-env|set-output|save-state|stop-commands)\b)|##(?=[a-z-]*\[)/gi;

/**
 * The text on one line with everything that a terminal or a CI system would obey written out: ESC as `\x1b`, a newline as `\n`, a change
 * of direction as `\u202e`, `::error::` as `\x3a:error::`. What containers print ends up in reports; it must not move a reader's cursor.
 * A line that nobody could read to its end is cut, and says so.
 */
export const visible = (text: string): string =>
  writtenOut(excerpt(text)).replace(
    ciCommands,
    (start) => `${escapeOf(start.codePointAt(0) ?? 0)}${start.slice(1)}`,
  );

/** The lines of a text, each made visible; a trailing newline adds none. More lines than `most` are counted instead. */
export const visibleLines = (text: string, most = 1_000): readonly string[] => {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/, most + 1);
  const shown = lines.slice(0, most).map(visible);
  return lines.length <= most ? shown : [...shown, '… and more lines'];
};

/** Lines of prose or of an expression as one, to be wrapped anew. */
export const oneLine = (text: string): string => visibleLines(text.trim()).join(' ').replaceAll(/ +/g, ' ');
