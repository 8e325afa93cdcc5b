import { kindOf, type FailureCode } from './failure-codes.js';

/**
 * An error that a person can act on: what happened, where, the evidence, and a remedy, under a code of the table in failure-codes.ts.
 * The code decides who is to look and what becomes of the run.
 */
export class NetclaimsError extends Error {
  readonly code: FailureCode;
  /** Where it happened, if the error itself knows; whoever reports it adds the step. */
  readonly where: string;
  readonly evidence: readonly string[];
  readonly remedy: string;

  constructor(parts: {
    readonly code: FailureCode;
    readonly what: string;
    readonly where?: string;
    readonly evidence?: readonly string[];
    /** The code's own unless given. */
    readonly remedy?: string;
    readonly cause?: unknown;
  }) {
    super(parts.what, { cause: parts.cause });
    this.name = 'NetclaimsError';
    this.code = parts.code;
    this.where = parts.where ?? '';
    this.evidence = parts.evidence ?? [];
    this.remedy = parts.remedy ?? kindOf(parts.code).remedy;
  }
}

/** The same error with more evidence. */
export const withEvidence = (error: NetclaimsError, more: readonly string[]): NetclaimsError =>
  new NetclaimsError({
    code: error.code,
    where: error.where,
    what: error.message,
    evidence: [...error.evidence, ...more],
    remedy: error.remedy,
    cause: error.cause ?? error,
  });

/** The one composition of an error's text: `code: what`, the evidence indented, the remedy behind an arrow. */
export const describeError = (error: unknown): string =>
  [
    ...asEvidence(error),
    ...(error instanceof NetclaimsError && error.remedy !== '' ? [`→ ${error.remedy}`] : []),
  ].join('\n');

/** An error line by line, without its remedy: as the evidence of another, which has one of its own. */
export const asEvidence = (error: unknown): readonly string[] => {
  if (isAbort(error))
    return error.cause instanceof NetclaimsError ? asEvidence(error.cause) : ['it was interrupted'];
  if (!(error instanceof NetclaimsError)) return [error instanceof Error ? error.message : String(error)];
  const { code, where, message, evidence } = error;
  return [
    `${code}: ${where === '' ? message : `${where}: ${message}`}`,
    ...evidence.flatMap((item) => item.split('\n')).map((line) => `  ${line}`),
  ];
};

/** What an error says, without its code and remedy, as the reason of something else. */
export const wordsOf = (error: unknown): string => {
  if (isAbort(error))
    return error.cause instanceof NetclaimsError ? wordsOf(error.cause) : 'it was interrupted';
  if (error instanceof NetclaimsError) return [error.message, ...error.evidence].join(': ');
  return error instanceof Error ? error.message : String(error);
};

/**
 * Whether this is Node's word for work that a signal stopped. By its name: under Jest, what Node throws is no instance of the `Error` that is in
 * sight here. Its cause is the signal's reason.
 */
export const isAbort = (error: unknown): error is { readonly cause?: unknown } =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'AbortError';
