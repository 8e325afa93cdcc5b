/**
 * The one way to read "there is no such file" from an error: `await readFile(file).catch(absent)`. Any other error stays an error, for what
 * could not be read may be there.
 */
export const absent = (error: unknown): undefined => {
  if (isAbsence(error)) return undefined;
  throw error;
};

/** Whether an error says that a file, or a folder on the way to it, does not exist. */
export const isAbsence = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  (error.code === 'ENOENT' || error.code === 'ENOTDIR');

/** For lines that only add evidence to an error: those that cannot be read add none. Nothing is judged by them. */
export const noEvidence = (): readonly string[] => [];
