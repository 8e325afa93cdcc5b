import { describeError, NetclaimsError } from '../domain/error.js';
import type { Trouble } from '../domain/world-record.js';

/** An error as trouble: where it arose, what happened, the evidence and the remedy, under the error's code. */
export const toTrouble = (error: unknown, where: string): Trouble => {
  const { code, text } = readError(error);
  return { code, message: where === '' ? text : `${where}: ${text}` };
};

const readError = (error: unknown): { readonly code: string; readonly text: string } => {
  if (error instanceof NetclaimsError)
    return { code: error.code, text: describeError(error).slice(`${error.code}: `.length) };
  if (isAbort(error)) return { code: 'run/interrupted', text: 'the run was interrupted' };
  return { code: 'harness/unexpected', text: describeError(error) };
};

/** By its name: under Jest, what Node throws is no instance of the `Error` that is in sight here. */
const isAbort = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'AbortError';

/** Trouble on top of earlier trouble: the first gives the code, and both are told unless they are of one kind. */
export const addTrouble = (first: Trouble | null, second: Trouble | null): Trouble | null => {
  if (first === null || second === null) return first ?? second;
  if (first.code === second.code) return first;
  return { code: first.code, message: `${first.message}\n${second.message}` };
};

/** Whether an error says that the cluster is no more, so that no other world on it can go on either: `cluster/…-lost`, `cluster/…-gone`. */
export const endsTheCluster = (error: unknown): error is NetclaimsError =>
  error instanceof NetclaimsError && /^cluster\/.*-(lost|gone)$/.test(error.code);
