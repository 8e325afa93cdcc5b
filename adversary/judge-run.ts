import type { Report } from '../harness/domain/report.js';
import type { Expect, OneOrMany } from './case.js';

/** How a run of netclaims ended. */
export interface Outcome {
  /** The exit code, or the signal that ended it. */
  readonly exit: number | string;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
  /** At its peak. */
  readonly memoryMiB: number;
  /** The JSON report in its folder; undefined where there is none, or it is not JSON. */
  readonly report: Report | undefined;
  /** Why the runner ended it before its own end. */
  readonly stopped?: 'time' | 'memory';
  /** What was to happen while it ran and did not. */
  readonly missed: readonly string[];
}

export const limitsOf = ({ seconds = 60, memoryMiB = 512 }: Expect) => ({ seconds, memoryMiB });

/** What must not reach a user in any case: an error that nobody foresaw. */
const neverAnywhere = [
  'AbortError',
  'TypeError',
  'RangeError',
  'ReferenceError',
  'harness/unexpected',
  'The operation was aborted',
  'node:internal',
];

/** What is not as expected; empty when all is. */
export const judgeRun = (expect: Expect, outcome: Outcome): readonly string[] => {
  const { seconds, memoryMiB } = limitsOf(expect);
  const said = flat(`${outcome.stdout}\n${outcome.stderr}`);
  return [
    ...outcome.missed,
    ...(outcome.stopped === undefined ? exitComplaints(expect, outcome) : []),
    ...(outcome.stopped === 'time' ? [`it did not end within ${seconds} s`] : []),
    ...(outcome.memoryMiB > memoryMiB
      ? [`it took ${outcome.memoryMiB.toFixed(0)} MiB of memory, more than ${memoryMiB}`]
      : []),
    ...(outcome.stopped === undefined && outcome.seconds > seconds
      ? [`it took ${outcome.seconds.toFixed(1)} s, longer than ${seconds}`]
      : []),
    ...verdictComplaints(expect, outcome.report),
    ...(expect.says ?? [])
      .filter((text) => !said.includes(flat(text)))
      .map((text) => `it did not say "${text}"`),
    ...[...neverAnywhere, ...(expect.never ?? [])]
      .filter((text) => said.includes(flat(text)))
      .map((text) => `it said "${text}"`),
  ];
};

const exitComplaints = ({ exit }: Expect, outcome: Outcome): readonly string[] =>
  isOneOf(exit, outcome.exit) ? [] : [`it ended with ${outcome.exit}, not with ${list(exit)}`];

const verdictComplaints = (
  { verdicts, report: file = 'report.json' }: Expect,
  report: Report | undefined,
): readonly string[] => {
  if (verdicts === undefined) return [];
  if (report === undefined) return [`it wrote no report ${file}`];
  return Object.entries(verdicts).flatMap(([name, wanted]) => {
    const [scenario = '', expectation] = name.split('/');
    const found = report.scenarios.find((one) => one.name === scenario);
    const judged =
      expectation === undefined ? found : found?.expectations.find(({ id }) => id === expectation);
    if (judged === undefined) return [`${name} is not in its report`];
    const because = 'because' in judged && judged.because !== '' ? `: ${judged.because}` : '';
    return isOneOf(wanted, judged.verdict)
      ? []
      : [`${name} is ${judged.verdict}, not ${list(wanted)}${because}`];
  });
};

const isOneOf = <T extends number | string>(wanted: OneOrMany<T>, found: T): boolean =>
  Array.isArray(wanted) ? (wanted as readonly T[]).includes(found) : wanted === found;

const list = (wanted: OneOrMany<number | string>): string =>
  typeof wanted === 'object' ? wanted.join(' or ') : String(wanted);

/** A terminal breaks lines where its width has it. */
const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');
