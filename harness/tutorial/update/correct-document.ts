import type { DocumentedOutput } from '../plan/plan.js';

/** An output that a document shows, and the lines that it would have to show. */
export interface Correction {
  readonly output: Pick<DocumentedOutput, 'line' | 'lines'>;
  readonly lines: readonly string[];
}

/** The text of a document with its outputs corrected. All other lines stay as they are, to the byte. Pure. */
export const correctDocument = (text: string, corrections: readonly Correction[]): string => {
  const lines = text.split(/(?<=\n)/);
  const end = (lines[0] ?? '').includes('\r\n') ? '\r\n' : '\n';
  // From the last to the first, so that the lines of those before keep their numbers.
  const inOrder = [...corrections].sort((a, b) => b.output.line - a.output.line);
  for (const { output, lines: wanted } of inOrder) {
    const from = output.line - 1;
    const old = lines.slice(from, from + output.lines.length);
    const prefix = prefixOf(old, output.lines, lines[from - 1] ?? '');
    const kept = new Map(output.lines.map((line, index) => [line, old[index] ?? '']));
    lines.splice(
      from,
      old.length,
      ...wanted.map((line) => kept.get(line) ?? `${line === '' ? prefix.trimEnd() : prefix + line}${end}`),
    );
  }
  return lines.join('');
};

/** What stands in front of the lines of a block: the indentation of a list, the marks of a quotation. */
const prefixOf = (old: readonly string[], shown: readonly string[], fence: string): string => {
  const index = shown.findIndex((line) => line.trim() !== '');
  const line = (old[index] ?? '').replace(/\r?\n$/, '');
  const own = shown[index] ?? '';
  if (index !== -1 && line.endsWith(own)) return line.slice(0, line.length - own.length);
  return /^[\s>]*/.exec(fence.replace(/\r?\n$/, ''))?.[0] ?? '';
};
