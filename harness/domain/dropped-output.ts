import type { DroppedBytes } from './cluster.js';

const noteStart = '\n[netclaims dropped ';
const noteEnd = ' bytes here]\n';

/** The note in the place of what was dropped. It is ASCII: one other character makes a text of 16 MiB take twice the memory. */
export const droppedNote = (bytes: number): string => `${noteStart}${bytes}${noteEnd}`;

/** Whether a text is cut there, so that what stands before is the beginning of something longer. */
export const isCutAt = (text: string, at: number): boolean =>
  text[at] === '…' || text.startsWith(noteStart, at);

/** Whether what begins there is the end of something longer. */
export const isCutBefore = (text: string, at: number): boolean =>
  text[at - 1] === '…' || text.endsWith(noteEnd, at);

/** Whether a text may be cut anywhere. */
export const mayBeCut = (text: string): boolean => text.includes('…') || text.includes(noteStart);

/** What was dropped, for people: `40 bytes of its standard output and 2 bytes of its standard error were dropped`. */
export const droppedSentence = ({ stdout, stderr }: DroppedBytes): string => {
  const parts = [
    ...(stdout === 0 ? [] : [`${stdout} bytes of its standard output`]),
    ...(stderr === 0 ? [] : [`${stderr} bytes of its standard error`]),
  ];
  return `${parts.join(' and ')} were dropped`;
};
