import { deadline } from '../../domain/deadline.js';
import { NetclaimsError } from '../../domain/error.js';
import { nothingKnown, withTyped } from '../../tutorial/judge/known.js';
import type { Check, CommandCheck, ManifestCheck, TutorialPlan } from '../../tutorial/plan/plan.js';
import { within } from '../within.js';
import { startInBackground, type BackgroundJob } from './background.js';
import { applyManifests } from './kubectl/apply.js';
import { finding, holds, type Finding, type Outcome } from './outcome.js';
import { readManifests } from './read-manifests.js';
import { runCommandCheck, whyNotRun } from './run-checks.js';
import type { Session } from './session.js';

/** How long what is applied may take until it is ready. */
const readyMs = 120_000;

export interface DocumentTools {
  /** For a command whose author gives it no time. */
  readonly timeoutMs: number;
  /** Told of each check as it begins and ends. */
  readonly onCheck: (check: Check, outcome: Outcome | undefined) => void;
}

/** Does all checks of a document in order, and what clears away last. Throws only when the cluster is lost or the run is stopped. */
export const runDocument = async (
  plan: TutorialPlan,
  session: Session,
  { timeoutMs, onCheck }: DocumentTools,
  signal: AbortSignal,
): Promise<void> => {
  const jobs = new Map<CommandCheck, BackgroundJob>();
  let known = nothingKnown;

  const done = (check: Check, found: Finding, began: number) => {
    onCheck(check, { ...found, durationMs: session.clock.now() - began });
  };
  const run = async (check: Check, stop: AbortSignal): Promise<void> => {
    const began = session.clock.now();
    onCheck(check, undefined);
    const order = async (): Promise<Finding> => {
      switch (check.kind) {
        case 'none':
          return finding(check.verdict, check.because);
        case 'file':
          session.files.set(check.name, { line: check.line, text: check.lines.join('\n') });
          await session.kubectl?.save(check.name, `${check.lines.join('\n')}\n`, stop);
          return finding('not-applicable', 'a later command has it for a file');
        case 'manifest': {
          known = {
            ...known,
            bindings: withTyped(known.bindings, check.lines.join('\n'), check.lines.join('\n')),
          };
          return applyBlock(check, session, stop);
        }
        case 'command': {
          const ran = await runCommandCheck(check, known, session, check.timeoutMs ?? timeoutMs, stop);
          known = ran.known;
          return ran.finding;
        }
      }
    };
    done(check, await order(), began);
  };

  const all = plan.sections.flatMap(({ checks }) => checks);
  const last = all.filter((check) => check.kind === 'command' && check.role === 'cleanup');
  try {
    for (const check of all) {
      if (last.includes(check)) continue;
      signal.throwIfAborted();
      if (check.kind === 'command' && check.role === 'background') {
        onCheck(check, undefined);
        jobs.set(check, await startInBackground(check, known, session, signal));
      } else await run(check, signal);
    }
  } finally {
    for (const [check, job] of jobs) done(check, await job.end(), session.clock.now());
    // What clears away is done whatever became of the rest; a run that was stopped has not finished with the cluster either.
    for (const check of last)
      await run(check, signal.aborted ? deadline(timeoutMs) : signal).catch(ignoreLater(signal));
  }
};

/** Of a run that was stopped, the reason for that is told, not what became of clearing away. */
const ignoreLater =
  (signal: AbortSignal) =>
  (error: unknown): void => {
    if (!signal.aborted) throw error;
  };

const applyBlock = async (check: ManifestCheck, session: Session, signal: AbortSignal): Promise<Finding> => {
  const manifests = readManifests(session.file, check.line, check.lines.join('\n'));
  if ('problem' in manifests) return finding('refuted', manifests.problem);
  const late = () =>
    new NetclaimsError({ code: 'pod/not-ready', what: `not ready within ${readyMs / 1_000} s` });
  const { cluster, world, clock, made, file } = session;
  const apply = (stop: AbortSignal) =>
    applyManifests(manifests, {
      ...{ cluster, world, clock, made, stdin: undefined, timeoutMs: readyMs, signal: stop },
      read: () => manifests,
      place: { file, line: check.line },
    });
  try {
    const answer = await within(readyMs, late, apply, signal);
    return 'cannot' in answer ? finding('not-applicable', answer.cannot) : holds;
  } catch (error) {
    return whyNotRun(error, signal);
  }
};
