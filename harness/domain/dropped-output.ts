import type { DroppedBytes } from './cluster.js';

/** The note in the place of what was dropped. A text before or after `…` is a part of something longer, which redaction knows. */
export const droppedNote = (bytes: number): string => `…\n[netclaims dropped ${bytes} bytes here]\n…`;

/** What was dropped, for people: `40 bytes of its standard output and 2 bytes of its standard error were dropped`. */
export const droppedSentence = ({ stdout, stderr }: DroppedBytes): string => {
  const parts = [
    ...(stdout === 0 ? [] : [`${stdout} bytes of its standard output`]),
    ...(stderr === 0 ? [] : [`${stderr} bytes of its standard error`]),
  ];
  return `${parts.join(' and ')} were dropped`;
};
