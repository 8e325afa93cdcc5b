import type { Cluster } from '../domain/cluster.js';
import type { Problem } from '../domain/problem.js';
import { NetclaimsError } from '../domain/error.js';
import { within } from '../run/within.js';
import { openSession, type Session, type SessionNeeds } from './session.js';

/** Removing a cluster of several containers takes seconds; one that takes longer hangs. */
const longestCleanUpMs = 120_000;

/** What a session does on its cluster. */
export interface SessionWork<Result> extends SessionNeeds {
  readonly run: (cluster: Cluster) => Promise<Result>;
}

export type SessionOutcome<Result> =
  | { readonly kind: 'ran'; readonly result: Result }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  /** The cluster could not be opened, or the work threw. */
  | { readonly kind: 'failed'; readonly error: unknown };

/** How a session ended. */
export interface SessionEnd<Result> {
  readonly outcome: SessionOutcome<Result>;
  /** Why the cluster could not be disposed of; empty if all went well. */
  readonly cleanUp: readonly unknown[];
}

/**
 * The one lifecycle: opens a cluster, detects capabilities, collects refusals, runs the work and disposes of the cluster. Never throws:
 * the caller decides what a failure means to it. A failed clean-up never hides what was found.
 */
export const runSession = async <Result>(
  open: () => Promise<Cluster>,
  work: SessionWork<Result>,
  onPhase: (phase: string) => void,
  signal: AbortSignal,
  cleanUpMs = longestCleanUpMs,
): Promise<SessionEnd<Result>> => {
  let session: Session;
  try {
    session = await openSession(open, work, signal);
  } catch (error) {
    return { outcome: { kind: 'failed', error }, cleanUp: [] };
  }
  const outcome = await outcomeOf(session, work);
  onPhase('removing what the run made');
  const cleanUp = await dispose(session, cleanUpMs);
  return { outcome, cleanUp };
};

const outcomeOf = async <Result>(
  { cluster, refused }: Session,
  { run }: SessionWork<Result>,
): Promise<SessionOutcome<Result>> => {
  if (refused.length > 0) return { kind: 'refused', problems: refused };
  try {
    return { kind: 'ran', result: await run(cluster) };
  } catch (error) {
    return { kind: 'failed', error };
  }
};

/** Takes no caller's signal: what an interrupted run made is removed all the same. */
const dispose = async (session: Session, cleanUpMs: number): Promise<readonly unknown[]> => {
  const { signal } = new AbortController();
  try {
    await within(
      cleanUpMs,
      () => late(cleanUpMs),
      async () => {
        await session[Symbol.asyncDispose]();
      },
      signal,
    );
    return [];
  } catch (error) {
    return error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  }
};

const late = (cleanUpMs: number): NetclaimsError =>
  new NetclaimsError({
    code: 'cluster/cleanup',
    what: `the cluster was not removed within ${cleanUpMs / 1_000} s`,
    remedy: 'run netclaims again: each run removes what an earlier one left',
  });
