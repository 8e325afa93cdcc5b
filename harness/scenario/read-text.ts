import { readFile } from 'node:fs/promises';
import { sourceText, type SourceText } from './source-text.js';

/** Reads a file as UTF-8; where it cannot be read, why, as the end of a sentence about the file. */
export const readText = async (
  file: string,
  signal?: AbortSignal,
): Promise<SourceText | { readonly reason: string }> => {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    return { reason: reasonOf(error) };
  }
  try {
    return sourceText(file, new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { reason: 'is no text in UTF-8' };
  }
};

/** Why the file system refused, as the end of a sentence about the file. */
export const reasonOf = (error: unknown): string => {
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
  return reasons[code] ?? `cannot be read (${code})`;
};

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EISDIR: 'is a folder, not a file',
  EACCES: 'may not be read by this user',
};
