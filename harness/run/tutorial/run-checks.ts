import type { CommandResult } from '../../domain/cluster.js';
import { describeError, NetclaimsError } from '../../domain/error.js';
import { endsTheCluster } from '../../domain/failure.js';
import { isoTime } from '../clock.js';
import { cutOutput } from '../evidence-limit.js';
import { withTyped, type Known } from '../../tutorial/judge/known.js';
import { fillIn, type FilledCommand, type GivenNames } from '../../tutorial/judge/fill-in.js';
import { searchedIn } from '../../tutorial/judge/instead-of.js';
import { judgeCommand, type Ended } from '../../tutorial/judge/judge-command.js';
import type { CommandCheck } from '../../tutorial/plan/plan.js';
import { splitScript } from '../../tutorial/shell/statements.js';
import { readsOnly } from './reads-only.js';
import { runStatement, type Answer } from './run-statement.js';
import { finding, type Finding } from './outcome.js';
import { placeName, type Session } from './session.js';

export interface Ran {
  readonly finding: Finding;
  readonly known: Known;
}

/** Runs a command of the document, with what a reader would put in, and judges it. Throws only what ends the cluster. */
export const runCommandCheck = async (
  check: CommandCheck,
  known: Known,
  session: Session,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Ran> => {
  const at = isoTime(session.clock.now());
  const filled = fillIn(check.statement.source, known, await givenNames(session, signal), isRoots(check));
  if (filled.missing.length > 0) {
    const because = `nothing above gives ${filled.missing.join(', ')}`;
    return { finding: finding('unknown', because), known };
  }
  let answer: Answer;
  try {
    answer = await runStatement({ check, source: filled.source, timeoutMs }, session, signal);
  } catch (error) {
    return { finding: withValues(whyNotRun(error, signal), filled), known };
  }
  if (answer.kind === 'not-applicable') return { finding: finding('not-applicable', answer.because), known };

  const { result, node, argv, replay } = answer;
  const ended = endedOf(check, filled.source, result, session);
  const typed = { ...known, bindings: withTyped(known.bindings, check.statement.source, filled.source) };
  const searched = await whatWasSearched(check, ended, typed, session, timeoutMs, signal);
  const seen = { ...typed, printed: [...typed.printed, ...searched] };
  const { bindings, ...judgement } = judgeCommand(check, ended, seen);
  const { exitCode } = result;
  const evidence = {
    node,
    argv,
    replay,
    at,
    exitCode,
    stdout: cutOutput(result.stdout),
    stderr: cutOutput(result.stderr),
  };
  const replays = judgement.verdict === 'holds' || replay === '' ? [] : [replay];
  return {
    finding: withValues(
      { ...judgement, replay: replays, probe: { name: check.id, read: true, evidence } },
      filled,
    ),
    known: { bindings, printed: [...seen.printed, ended] },
  };
};

const endedOf = (
  check: CommandCheck,
  source: string,
  { exitCode, stdout, stderr }: CommandResult,
  session: Session,
): Ended => ({
  ...{ id: check.id, line: check.line, source, place: placeName(check.place, session) },
  words: printingWords(source),
  exitCode,
  stdout: asReader(stdout, session),
  stderr: asReader(stderr, session),
});

/** An output as a reader sees it, whose pods are in `default` where the document's have a namespace of their own. */
const asReader = (output: string, { world }: Session): string =>
  output.replaceAll(new RegExp(`(?<![\\w-])${world.namespace}(?![\\w-])`, 'g'), 'default');

/** The words of the command whose columns an output has: the first of a pipeline, behind `kubectl exec … --` as well. */
const printingWords = (source: string): readonly string[] => {
  const words = splitScript(source).statements.at(-1)?.commands[0]?.words ?? [];
  return words[0] === 'kubectl' && words.includes('--') ? words.slice(words.indexOf('--') + 1) : words;
};

/** Commands on nodes and in pods are root's. */
const isRoots = ({ place }: CommandCheck): boolean => place.kind === 'node' || place.kind === 'pod';

const givenNames = async ({ world, cluster }: Session, signal: AbortSignal): Promise<GivenNames> => {
  const pod = (await world.pods(signal)).at(-1);
  const node = pod?.node ?? cluster.nodes[0]?.name;
  const container = pod?.containers[0]?.name;
  return new Map([
    ['namespace', world.namespace],
    ...(pod === undefined ? [] : [['pod', pod.name] as const]),
    ...(node === undefined ? [] : [['node', node] as const]),
    ...(container === undefined ? [] : [['container', container] as const]),
  ]);
};

/** Shows what was put into a command, so that nobody has to guess what was run. */
const withValues = (found: Finding, { values }: FilledCommand): Finding => ({
  ...found,
  values: [
    ...values.map(({ name, value, from }) => ({ expression: name, value: `${value} (from ${from})` })),
    ...found.values,
  ],
});

/** Why a command has no result. What says nothing of the command but of the cluster is thrown. */
export const whyNotRun = (error: unknown, signal: AbortSignal): Finding => {
  signal.throwIfAborted();
  if (endsTheCluster(error)) throw error;
  if (!(error instanceof NetclaimsError)) throw error;
  if (error.code === 'pod/refused') return finding('refuted', describeError(error));
  return finding('unknown', [error.message, ...error.evidence].filter((text) => text !== '').join('; '));
};

/** The output of the command whose `grep` found nothing, where no line above has it: run again alone, if all that it does is to read. */
const whatWasSearched = async (
  check: CommandCheck,
  ended: Ended,
  known: Known,
  session: Session,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<readonly Ended[]> => {
  const source = ended.exitCode === 0 || check.expectFail ? undefined : searchedIn(ended.source);
  if (
    source === undefined ||
    !readsOnly(source) ||
    known.printed.some((one) => one.source === source && one.place === ended.place)
  )
    return [];
  try {
    const answer = await runStatement({ check, source, timeoutMs }, session, signal);
    return answer.kind === 'ended' ? [endedOf(check, source, answer.result, session)] : [];
  } catch (error) {
    whyNotRun(error, signal);
    return [];
  }
};
