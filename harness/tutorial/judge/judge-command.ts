import type { SubExpressionValue } from '../../domain/world-report.js';
import type { Verdict } from '../../domain/verdict.js';
import { compareOutputs, type Comparison } from '../compare/compare-outputs.js';
import type { Bindings } from '../compare/bindings.js';
import type { CommandCheck } from '../plan/plan.js';
import { insteadOf } from './instead-of.js';
import type { Known, Printed } from './known.js';

/** How a command ended, as a reader would see it. */
export interface Ended extends Printed {
  readonly exitCode: number;
}

export interface Judgement {
  readonly verdict: Verdict;
  /** One sentence; empty when it holds. */
  readonly because: string;
  readonly values: readonly SubExpressionValue[];
  readonly bindings: Bindings;
  /** What the document would have to show; only where it shows something else. */
  readonly corrected?: readonly string[];
}

/**
 * Judges a command by its exit code and by what it printed. What a document shows of its output counts for more than the exit code, which a reader
 * does not see. Pure.
 */
export const judgeCommand = (check: CommandCheck, ended: Ended, known: Known): Judgement => {
  const compared = check.output === undefined ? undefined : compare(check.output, ended, known);
  const bindings = compared?.bindings ?? known.bindings;
  const exit = exitProblem(check, ended);
  if (compared === undefined) {
    return exit === undefined
      ? { verdict: 'holds', because: '', values: [], bindings }
      : { verdict: 'refuted', because: exit, values: insteadOf(ended, known), bindings };
  }
  const asShown = compared.same && !(check.expectFail && ended.exitCode === 0);
  if (asShown) return { verdict: 'holds', because: '', values: [], bindings };
  const because = compared.same
    ? (exit ?? '')
    : [
        `prints something else than the document shows`,
        ...compared.conflicts,
        ...(exit === undefined ? [] : [exit]),
      ].join('; ');
  return {
    verdict: 'refuted',
    because,
    values: [...differenceValues(compared, check), ...(exit === undefined ? [] : insteadOf(ended, known))],
    bindings,
    ...(compared.same ? {} : { corrected: compared.corrected }),
  };
};

/** A terminal shows both streams: what is documented may be of either, or of both. */
const compare = (
  { lines, after }: NonNullable<CommandCheck['output']>,
  ended: Ended,
  { printed, bindings }: Known,
): Comparison => {
  const before = printed.filter(({ id }) => after.includes(id));
  const join = (stream: (one: Printed) => string) => [...before, ended].map(stream).join('');
  const first = compareOutputs(
    lines,
    join(({ stdout }) => stdout),
    bindings,
    ended.words,
  );
  // An output that is shown as empty is one in which no error stands either.
  const showsNothing = lines.every((line) => line.trim() === '');
  if ((first.same && !showsNothing) || join(({ stderr }) => stderr) === '') return first;
  const others = [
    join(({ stdout, stderr }) => withNewline(stdout) + stderr),
    join(({ stdout, stderr }) => withNewline(stderr) + stdout),
  ].map((text) => compareOutputs(lines, text, bindings, ended.words));
  const [both] = others;
  return (
    others.find(({ same }) => same) ??
    (join(({ stdout }) => stdout).trim() === '' && both !== undefined ? both : first)
  );
};

const withNewline = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

const exitProblem = (
  { expectFail }: CommandCheck,
  { exitCode, stderr, stdout }: Ended,
): string | undefined => {
  if (expectFail) return exitCode === 0 ? 'ends with 0, and is expected to fail' : undefined;
  if (exitCode === 0) return undefined;
  const said = lastLine(stderr) || (stdout.trim() === '' ? 'it printed nothing' : lastLine(stdout));
  return `ends with ${exitCode}: ${said}`;
};

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

const context = 2;
const most = 60;

/** The difference as rows: `-` with the line of the document, `+` for what was printed. Of what is the same, what stands beside a change. */
const differenceValues = (
  { difference }: Comparison,
  { output }: CommandCheck,
): readonly SubExpressionValue[] => {
  const changed = difference.flatMap((row, index) => (row.in === 'both' ? [] : [index]));
  const near = (index: number) => changed.some((one) => Math.abs(one - index) <= context);
  const rows = difference.flatMap((row, index) => {
    if (!near(index)) return [];
    const mark = row.in === 'document' ? '-' : row.in === 'output' ? '+' : '=';
    const line = row.line === undefined || output === undefined ? '' : String(output.line + row.line);
    return [{ expression: `${mark} ${line}`.trim(), value: row.text }];
  });
  return rows.length <= most
    ? rows
    : [...rows.slice(0, most), { expression: '…', value: `${rows.length - most} more lines` }];
};
