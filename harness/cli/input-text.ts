import { resolve } from 'node:path';
import { NetclaimsError } from '../domain/error.js';
import type { FailureCode } from '../domain/failure-codes.js';
import { readInput } from '../domain/input-file.js';

/** Reports hold what commands printed, and matrices many of them. */
const largest = 128 * 1024 * 1024;

/**
 * The text of a file that a user named on the command line.
 * @throws NetclaimsError with this code: there is no such file, it is none, it is empty, or it is no UTF-8
 */
export const inputText = async (
  file: string,
  folder: string,
  { code, remedy }: { readonly code: FailureCode; readonly remedy: string },
): Promise<string> => {
  const bytes = await readInput(resolve(folder, file), largest);
  const refuse = (reason: string, cause?: unknown) =>
    new NetclaimsError({ code, what: `${file} ${reason}`, remedy, cause });
  if ('reason' in bytes) throw refuse(bytes.reason);
  if (bytes.length === 0) throw refuse('is empty');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw refuse('is no text in UTF-8', cause);
  }
};
