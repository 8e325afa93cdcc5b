import { sentenceOf, type Failure } from '../domain/failure.js';
import { countVerdicts, type ExpectationReport, type Report, type ScenarioReport } from '../domain/report.js';
import { differenceLines } from './baseline.js';
import { diagnosesOf } from './diagnoses.js';
import { code, codeBlock, inline } from './markdown-text.js';
import { clusterText, counted, duration, totalsText } from './phrases.js';
import { probeLines } from './probe-output.js';
import { sharedFailure } from './shared-failure.js';
import { table } from './table.js';
import { failuresOf } from './causes.js';
import { runFailures } from './failures.js';
import { oneLine } from './visible.js';

/** GitHub takes a step summary of at most 1 MiB. */
const longest = 900_000;

/**
 * GitHub's Markdown, for a step summary or a comment: a table of the scenarios, then what does not hold and why. What would be too
 * long for a summary is left out from the end, and counted.
 */
export const renderMarkdown = (report: Report): string => {
  const failure = sharedFailure(report);
  const details =
    failure === undefined
      ? report.scenarios.filter(({ verdict }) => verdict !== 'holds' && verdict !== 'not-applicable')
      : [];
  const head = [
    '## netclaims',
    '',
    `**${inline(headline(report))}** · ${duration(report.durationMs)}`,
    '',
    inline(clusterText(report)),
    '',
    ...(failure === undefined ? [] : failureSection(failure, `Nothing was run: ${code(failure.code)}`)),
    ...runFailures(report).flatMap((one) => failureSection(one, code(one.code))),
    ...scenarioTable(report),
    ...baselineSection(report),
  ].join('\n');
  const sections = details.map((scenario) => ['', '', ...scenarioSection(scenario)].join('\n'));
  return `${fitting(head, sections)}\n`;
};

const failureSection = (failure: Failure, title: string): readonly string[] => [
  title,
  '',
  ...codeBlock([sentenceOf(failure), ...failure.evidence, `→ ${failure.remedy}`]),
  '',
];

const headline = ({ totals, scenarios }: Report): string =>
  `${totalsText(totals) || 'no expectations'} in ${counted(scenarios.length, 'scenario')}`;

const scenarioTable = ({ scenarios }: Report): readonly string[] =>
  scenarios.length === 0
    ? []
    : [
        '| verdict | scenario | claim | expectations |',
        '|---|---|---|---|',
        ...scenarios.map(
          ({ name, verdict, claim, expectations }) =>
            `| ${marks[verdict]} ${verdict} | ${inline(name)} | ${inline(claim)} | ${totalsText(countVerdicts(expectations.map((one) => one.verdict)))} |`,
        ),
      ];

const marks: Readonly<Record<ExpectationReport['verdict'], string>> = {
  holds: '✅',
  refuted: '❌',
  vacuous: '🫥',
  unknown: '❔',
  'not-applicable': '➖',
};

const baselineSection = ({ baseline }: Report): readonly string[] =>
  baseline === undefined
    ? []
    : baseline.differences.length === 0
      ? ['', `Nothing differs from ${code(baseline.file)}.`]
      : [
          '',
          `### Not as in ${code(baseline.file)}`,
          '',
          ...differenceLines(baseline.differences).map((line) => `- ${inline(line)}`),
        ];

const scenarioSection = (scenario: ScenarioReport): readonly string[] => [
  `### ${marks[scenario.verdict]} ${inline(scenario.name)}`,
  '',
  inline(scenario.claim),
  `(${code(scenario.file)})`,
  ...failuresOf(scenario).flatMap((failure) => ['', ...codeBlock([failure])]),
  ...diagnosesOf(scenario).flatMap((line) => ['', code(line)]),
  ...scenario.expectations
    .filter(({ verdict }) => verdict !== 'holds')
    .flatMap((expectation) => ['', ...expectationSection(expectation, scenario)]),
];

const expectationSection = (expectation: ExpectationReport, scenario: ScenarioReport): readonly string[] => {
  const printed = probeLines(expectation, scenario);
  const { id, verdict, uncontrolled, says, because, that, values, controls, replay } = expectation;
  return [
    `**${inline(id)}** · ${verdict}${uncontrolled ? ' · uncontrolled' : ''} · ${inline(says)}`,
    '',
    `- ${inline(because)}`,
    ...controls.map((control) => `- control ${inline(control.name)}: ${control.verdict}`),
    '',
    ...codeBlock([
      oneLine(that),
      ...(values.length === 0 ? [] : ['']),
      ...table(values.map(({ expression, value }) => [oneLine(expression), oneLine(value)])),
      ...(printed.length === 0 ? [] : ['', ...printed]),
      ...(replay.length === 0 ? [] : ['']),
      ...replay,
    ]),
  ];
};

const fitting = (head: string, sections: readonly string[]): string => {
  const start = bytes(head) <= longest ? head : `${head.slice(0, head.lastIndexOf('\n', longest / 4))}\n\n…`;
  let room = longest - bytes(start);
  const shown = sections.filter((section) => (room -= bytes(section)) >= 0);
  const left = sections.length - shown.length;
  return [
    start,
    ...shown,
    ...(left === 0 ? [] : [`\n\n${counted(left, 'more scenario')}: see the JSON report.`]),
  ].join('');
};

const bytes = (text: string): number => Buffer.byteLength(text);
