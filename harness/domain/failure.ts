import { isAbort, NetclaimsError } from './error.js';
import { kindOf, type Blame, type FailureCode } from './failure-codes.js';

/** Something that went wrong, as every report shows it. */
export interface Failure {
  readonly code: FailureCode;
  /** What happened: one sentence without a full stop. */
  readonly what: string;
  /** The step and the place that it happened in; empty when it concerns the whole run. */
  readonly where: string;
  /** What was seen: output of commands, states, answers of servers. */
  readonly evidence: readonly string[];
  /** One imperative. */
  readonly remedy: string;
}

/** Whether an error blames this. */
export const blames = (error: unknown, blame: Blame): boolean =>
  error instanceof NetclaimsError && kindOf(error.code).blames === blame;

/** Whether an error says that the cluster is no more, so that no other world on it can go on either. */
export const endsTheCluster = (error: unknown): boolean =>
  error instanceof NetclaimsError && kindOf(error.code).effect === 'ends-the-cluster';

/** Whether an error says that the time of something that contains the work was up. */
export const isOutOfTime = (error: unknown): boolean =>
  error instanceof NetclaimsError && kindOf(error.code).effect === 'out-of-time';

/** An error as a failure. @param where used unless the error knows its place better; an error that nobody foresaw keeps its stack */
export const failureOf = (error: unknown, where: string): Failure => {
  if (error instanceof NetclaimsError) {
    const { code, message: what, evidence, remedy } = error;
    return { code, what, where: [where, error.where].filter(Boolean).join(', '), evidence, remedy };
  }
  return failureOf(known(error), where);
};

/** Any error as one that a person can act on. */
export const known = (error: unknown): NetclaimsError => {
  if (error instanceof NetclaimsError) return error;
  if (isAbort(error)) return error.cause instanceof NetclaimsError ? error.cause : interrupted(error);
  return isSystemError(error) ? refusedBySystem(error) : unexpected(error);
};

const interrupted = (cause: unknown): NetclaimsError =>
  new NetclaimsError({ code: 'run/interrupted', what: 'the run was interrupted', cause });

/** What Node throws for a system call that failed, e.g. ENOSPC. */
const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  isErrorLike(error) && 'code' in error && typeof error.code === 'string' && /^E[A-Z0-9]+$/.test(error.code);

const refusedBySystem = (error: NodeJS.ErrnoException): NetclaimsError =>
  new NetclaimsError({ code: 'machine/refused', what: error.message, cause: error });

/** An error that nobody foresaw: a bug of netclaims, of use only with its stack. */
const unexpected = (error: unknown): NetclaimsError => {
  const { message, stack } = isErrorLike(error) ? error : { message: String(error), stack: undefined };
  return new NetclaimsError({
    code: 'harness/unexpected',
    what: message,
    evidence: stackLines(stack ?? '', message),
    cause: error,
  });
};

const isErrorLike = (error: unknown): error is { readonly message: string; readonly stack?: string } =>
  typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string';

const mostStackLines = 8;

const stackLines = (stack: string, message: string): readonly string[] =>
  stack
    .slice(stack.includes(message) ? stack.indexOf(message) + message.length : 0)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, mostStackLines);

/** What happened, after its place: one sentence. */
export const sentenceOf = ({ where, what }: Failure): string => (where === '' ? what : `${where}: ${what}`);

/** A failure line by line, composed like an error: `code: where: what`, the evidence indented, the remedy behind an arrow. */
export const failureLines = (failure: Failure): readonly string[] => [
  `${failure.code}: ${sentenceOf(failure)}`,
  ...failure.evidence.flatMap((item) => item.split('\n')).map((line) => `  ${line}`),
  ...(failure.remedy === '' ? [] : [`→ ${failure.remedy}`]),
];

/** Whether two failures are one: the same code, place and words. */
export const isSameFailure = (one: Failure, other: Failure): boolean =>
  JSON.stringify(partsOf(one)) === JSON.stringify(partsOf(other));

const partsOf = ({ code, where, what, evidence, remedy }: Failure): readonly unknown[] => [
  code,
  where,
  what,
  evidence,
  remedy,
];
