import { failureLines } from '../domain/failure.js';
import type { ExpectationReport, Report, ReportBaseline, ScenarioReport } from '../domain/report.js';
import { differenceLines } from './baseline.js';
import { diagnosesOf } from './diagnoses.js';
import { clusterText } from './phrases.js';
import { probeLines } from './probe-output.js';
import { sharedFailure } from './shared-failure.js';
import { failuresOf } from './causes.js';
import { runFailures } from './failures.js';
import { oneLine, visible, visibleLines } from './visible.js';

/**
 * TAP version 14: a point for each expectation. Only what holds is `ok`; not-applicable is skipped. TAP has no word for unknown, which
 * is `not ok` with its verdict in the block below it.
 */
export const renderTap = (report: Report): string => {
  let number = 0;
  const shared = sharedFailure(report);
  const points = report.scenarios.flatMap((scenario) => [
    ...comment(`${scenario.name}: ${oneLine(scenario.claim)}`),
    ...(shared === undefined ? [...failuresOf(scenario), ...diagnosesOf(scenario)].flatMap(comment) : []),
    ...scenario.expectations.flatMap((expectation) => point((number += 1), scenario, expectation)),
  ]);
  const compared = report.baseline === undefined ? [] : baselinePoint((number += 1), report.baseline);
  const plan = number === 0 ? '1..0 # SKIP there is no expectation' : `1..${number}`;
  return [
    'TAP version 14',
    ...comment(`on ${clusterText(report)}`),
    ...runFailures(report).flatMap((one) => comment(failureLines(one).join('\n'))),
    ...(shared === undefined ? [] : comment(`nothing was run: ${failureLines(shared).join('\n')}`)),
    plan,
    ...points,
    ...compared,
    '',
  ].join('\n');
};

const comment = (text: string): readonly string[] => visibleLines(text).map((line) => `# ${line}`);

const point = (
  number: number,
  scenario: ScenarioReport,
  expectation: ExpectationReport,
): readonly string[] => {
  const { id, says, verdict, because } = expectation;
  const title = `${number} - ${described(`${scenario.name} ${id}: ${oneLine(says)}`)}`;
  switch (verdict) {
    case 'holds':
      return [`ok ${title}`];
    case 'not-applicable':
      return [`ok ${title} # SKIP ${described(oneLine(because))}`];
    case 'refuted':
    case 'vacuous':
    case 'unknown':
      return [`not ok ${title}`, ...block(scenario, expectation)];
  }
};

const baselinePoint = (number: number, { file, differences }: ReportBaseline): readonly string[] => {
  const lines = differenceLines(differences);
  return [
    `${lines.length === 0 ? 'ok' : 'not ok'} ${number} - ${described(`as in ${file}`)}`,
    ...(lines.length === 0
      ? []
      : ['  ---', '  differences:', ...lines.map((line) => `    - ${JSON.stringify(line)}`), '  ...']),
  ];
};

/** `#` begins a directive, and `\` escapes. */
const described = (text: string): string => visible(text).replaceAll(/[\\#]/g, String.raw`\$&`);

/** A YAML block. Its scalars are written as JSON strings, which YAML reads as they are. */
const block = (scenario: ScenarioReport, expectation: ExpectationReport): readonly string[] => {
  const scalar = (text: string): string => JSON.stringify(oneLine(text));
  const entry = (key: string, text: string): string => `  ${key}: ${scalar(text)}`;
  const items = (key: string, texts: readonly string[]): readonly string[] =>
    texts.length === 0 ? [] : [`  ${key}:`, ...texts.map((text) => `    - ${scalar(text)}`)];
  return [
    '  ---',
    `  verdict: ${expectation.verdict}`,
    entry('because', expectation.because),
    entry('that', expectation.that),
    entry('file', scenario.file),
    ...(expectation.line === undefined ? [] : [`  line: ${expectation.line}`]),
    ...items(
      'values',
      expectation.values.map(({ expression, value }) => `${expression}: ${value}`),
    ),
    ...items(
      'controls',
      expectation.controls.map(({ name, verdict }) => `${name}: ${verdict}`),
    ),
    ...items('probes', probeLines(expectation, scenario)),
    ...items('replay', expectation.replay),
    '  ...',
  ];
};
