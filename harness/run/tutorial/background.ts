import { setTimeout as sleep } from 'node:timers/promises';
import { fillIn } from '../../tutorial/judge/fill-in.js';
import type { Known } from '../../tutorial/judge/known.js';
import type { CommandCheck } from '../../tutorial/plan/plan.js';
import { finding, holds, type Finding } from './outcome.js';
import { whyNotRun } from './run-checks.js';
import { runStatement } from './run-statement.js';
import type { Session } from './session.js';

/** A command that goes on while those below it are run. */
export interface BackgroundJob {
  /** Ends it with its children, and gives what came of it: that it was still there is what it is to do. */
  end(): Promise<Finding>;
}

/** A command such as a server needs a moment before others can use it. */
const headStartMs = 500;
/** A day: it ends with the document. */
const longestMs = 86_400_000;

/** Starts a command that goes on until the document's end. */
export const startInBackground = async (
  check: CommandCheck,
  known: Known,
  session: Session,
  signal: AbortSignal,
): Promise<BackgroundJob> => {
  const { source, missing } = fillIn(check.statement.source, known, new Map(), check.place.kind !== 'host');
  if (missing.length > 0)
    return { end: () => Promise.resolve(finding('unknown', `nothing above gives ${missing.join(', ')}`)) };
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const judged = runStatement(
    { check, source: source.replace(/&\s*$/, ''), timeoutMs: longestMs },
    session,
    both,
  ).then(
    (answer): Finding => {
      if (answer.kind === 'not-applicable') return finding('not-applicable', answer.because);
      const { exitCode, stderr } = answer.result;
      if (exitCode === 0) return holds;
      return finding('refuted', `ends with ${exitCode}: ${stderr.trim().split('\n').at(-1) ?? ''}`);
    },
    (error: unknown): Finding =>
      stop.signal.aborted ? holds : whyNotRun(error, new AbortController().signal),
  );
  // What it throws is told when it is ended.
  judged.catch(() => undefined);
  await Promise.race([judged.catch(() => undefined), sleep(headStartMs)]);
  return {
    async end() {
      stop.abort();
      return judged;
    },
  };
};
