import { readInput, type Unusable } from '../domain/input-file.js';
import { sourceText, type SourceText } from './source-text.js';

/** Larger than any manifest that an API server takes; what is parsed takes many times as much memory. */
const largest = 4 * 1024 * 1024;

/** Reads a file as UTF-8; where it cannot be read, why, as the end of a sentence about the file. */
export const readText = async (file: string, signal?: AbortSignal): Promise<SourceText | Unusable> => {
  const bytes = await readInput(file, largest, signal);
  if ('reason' in bytes) return bytes;
  try {
    return sourceText(file, new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { reason: 'is no text in UTF-8' };
  }
};
