import { constants, type Stats } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';

/** What a user named is not a usable file; `reason` is the end of a sentence about it: `does not exist`. */
export interface Unusable {
  readonly reason: string;
}

/** What a user names as a file must be one: a pipe or a device may have no end. */
const mebibyte = 1024 * 1024;

/**
 * Reads a file that a user named, up to a bound.
 * @param most in bytes
 */
export const readInput = async (
  file: string,
  most: number,
  signal?: AbortSignal,
): Promise<Uint8Array | Unusable> => {
  try {
    const named = unusable(await stat(file));
    if (named !== undefined) return named;
    // Without waiting: something else may stand there by now, and files of /proc may wait too.
    await using handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    return unusable(await handle.stat()) ?? (await upTo(handle, most, signal));
  } catch (error) {
    signal?.throwIfAborted();
    return { reason: reasonOf(error) };
  }
};

/** Why a user cannot mean this as a file with content; undefined when that can be meant. */
export const checkInput = async (file: string): Promise<Unusable | undefined> => {
  try {
    const found = await stat(file);
    return unusable(found) ?? (found.size === 0 ? { reason: 'is empty' } : undefined);
  } catch (error) {
    return { reason: reasonOf(error) };
  }
};

const upTo = async (
  handle: FileHandle,
  most: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array | Unusable> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    signal?.throwIfAborted();
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(256 * 1024));
    if (bytesRead === 0) return Buffer.concat(chunks);
    length += bytesRead;
    if (length > most) return { reason: `is larger than ${most / mebibyte} MiB, the most that is read` };
    chunks.push(buffer.subarray(0, bytesRead));
  }
};

const unusable = (found: Stats): Unusable | undefined => {
  if (found.isFile()) return undefined;
  if (found.isDirectory()) return { reason: 'is a folder, not a file' };
  if (found.isFIFO()) return { reason: 'is a pipe, not a file' };
  if (found.isSocket()) return { reason: 'is a socket, not a file' };
  return { reason: 'is a device, not a file' };
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
  EAGAIN: 'is not a file with an end',
};
