import { countVerdicts, type Report, type ScenarioReport } from '../domain/report.js';
import { worstVerdict } from '../domain/verdict.js';
import { runFailures, worldFailures } from './failures.js';
import type { Cause } from './causes.js';
import { differenceLines } from './baseline.js';
import { diagnosesOf } from './diagnoses.js';
import { cut, displayWidth, headed, indented, padded, rebroken, unbroken, wrapped } from './layout.js';
import { palette, verdictWord, type Palette } from './palette.js';
import { clusterText, counted, duration, totalsText } from './phrases.js';
import { sharedFailure } from './shared-failure.js';
import { expectationLines } from './terminal-expectation.js';
import { failureBlock, scenarioFailureLines, sharedCauseLines, sharedCauses } from './terminal-failures.js';
import { oneLine, visible } from './visible.js';

export interface TerminalStyle {
  /** How wide the lines may be; those to be pasted are as long as they are. */
  readonly columns: number;
  readonly colour: boolean;
  readonly detail: TerminalDetail;
}

/**
 * `normal`: a line for each scenario, and below it what does not hold and why. `verbose`: every expectation. `quiet`: nothing of the
 * scenarios that hold or do not apply.
 */
export type TerminalDetail = 'quiet' | 'normal' | 'verbose';

/** What a person reads at the end of a run: a line for each scenario, below it what does not hold and why, the totals last. */
export const renderTerminal = (report: Report, { columns: wide, colour, detail }: TerminalStyle): string => {
  const columns = Math.max(narrowest, wide);
  const colours = palette(colour);
  const failure = sharedFailure(report);
  const shared = failure === undefined ? sharedCauses(report) : [];
  const scenarios = report.scenarios.filter((one) => detail !== 'quiet' || !isFine(one));
  const blocks = scenarios.map((scenario) => [
    ...scenarioLine(scenario, { ...report, scenarios }, columns, colours, detail),
    ...(failure === undefined || detail === 'verbose'
      ? indented(detailLines(scenario, shared, columns - 2, colours, detail === 'verbose'), 2)
      : []),
  ]);
  return [
    ...(detail === 'quiet' ? [] : titleLines(report, columns, colours)),
    ...(failure === undefined ? [] : [...failureBlock(failure, 'nothing was run, ', columns, colours), '']),
    ...shared.flatMap((cause) => sharedCauseLines(cause, columns, colours)),
    ...blocks.flatMap((block, index) => [
      // What has details stands apart from its neighbours.
      ...(index > 0 && (block.length > 1 || (blocks[index - 1]?.length ?? 0) > 1) ? [''] : []),
      ...block,
    ]),
    ...(blocks.length === 0 ? [] : ['']),
    ...runFailures(report).flatMap((one) => [...failureBlock(one, '', columns, colours), '']),
    ...notComparedLines(report, columns, colours),
    ...baselineLines(report, columns, colours),
    ...totalsLine(report, columns, colours),
    '',
  ].join('\n');
};

const titleLines = (report: Report, columns: number, colours: Palette): readonly string[] => [
  ...wrapped(visible(`netclaims ${report.tool.version} on ${clusterText(report)}`), columns).map((line) =>
    colours.quiet(line),
  ),
  '',
];

const isFine = (scenario: ScenarioReport): boolean =>
  worldFailures(scenario).length === 0 &&
  (scenario.verdict === 'holds' || scenario.verdict === 'not-applicable');

const narrowest = 24;

/** Between the parts of a summary; never begins a line. */
const unbrokenDot = `${unbroken(' ·')} `;

const scenarioLine = (
  scenario: ScenarioReport,
  report: Report,
  columns: number,
  colours: Palette,
  detail: TerminalDetail,
): readonly string[] => {
  const { verdict, expectations, controls, durationMs } = scenario;
  const uncontrolled = expectations.filter((one) => one.uncontrolled).map(({ id }) => visible(id));
  const summary = [
    totalsText(countVerdicts(expectations.map((one) => one.verdict))),
    ...(uncontrolled.length === 0 ? [] : [`uncontrolled: ${uncontrolled.join(', ')}`]),
    ...(controls.length === 0 ? [] : [counted(controls.length, 'control')]),
    ...(verdict === 'not-applicable' ? [] : [duration(durationMs)]),
  ]
    .map(unbroken)
    .join(unbrokenDot);
  const widest = (texts: readonly string[]): number => Math.max(...texts.map(displayWidth));
  const words = widest(report.scenarios.map((one) => verdictWord(one.verdict)));
  const names = widest(report.scenarios.map(({ name }) => visible(name)));
  const aligned = words + names + 24 <= columns;
  const name = padded(visible(scenario.name), aligned ? names : 0);
  const word = verdictWord(verdict);
  const head = `${padded(word, aligned ? words : 0)}  ${name} `;
  const paint = (text: string): string =>
    text.startsWith(word) ? colours.verdict(verdict, word) + text.slice(word.length) : text;
  const why = reasons(scenario);
  if (verdict === 'not-applicable' && detail !== 'verbose' && why !== '') {
    // Of a scenario that is not for this cluster, one line says enough.
    return headed(head, unbroken(cut(why, Math.max(8, columns - displayWidth(head) - 1))), {
      columns,
      hang: 4,
      paint,
    });
  }
  return headed(head, summary, { columns, hang: 4, paint });
};

/** Why a scenario does not apply. */
const reasons = ({ expectations }: ScenarioReport): string =>
  [...new Set(expectations.map(({ because }) => oneLine(because)))].join('; ');

const detailLines = (
  scenario: ScenarioReport,
  shared: readonly Cause[],
  columns: number,
  colours: Palette,
  verbose: boolean,
): readonly string[] => {
  const { verdict, expectations } = scenario;
  const showAll = verbose || (verdict !== 'holds' && verdict !== 'not-applicable');
  const worlds = scenarioFailureLines(scenario, shared, columns, colours, showAll);
  if (!showAll) return worlds;
  const saved = diagnosesOf(scenario).flatMap((line) => wrapped(oneLine(line), columns));
  const claim = wrapped(oneLine(`${scenario.file}: ${scenario.claim}`), columns);
  const shown = expectations.filter((one) => verbose || one.verdict !== 'holds');
  return [
    ...claim.map((line) => colours.quiet(line)),
    ...(worlds.length === 0 ? [] : ['', ...worlds]),
    ...shown.flatMap((one) => ['', ...expectationLines(one, scenario, columns, colours)]),
    ...(saved.length === 0 ? [] : ['', ...saved]),
  ];
};

const notComparedLines = ({ notCompared }: Report, columns: number, colours: Palette): readonly string[] =>
  notCompared === undefined
    ? []
    : [
        ...wrapped(`not compared: ${notCompared.map(oneLine).join('; ')}`, columns).map((line) =>
          colours.quiet(line),
        ),
        '',
      ];

const baselineLines = ({ baseline }: Report, columns: number, colours: Palette): readonly string[] => {
  if (baseline === undefined) return [];
  const { file, differences } = baseline;
  if (differences.length === 0) return [...wrapped(`nothing differs from ${visible(file)}`, columns), ''];
  return [
    ...wrapped(`not as in ${visible(file)}:`, columns).map((line) => colours.verdict('refuted', line)),
    ...indented(
      differenceLines(differences).flatMap((line) => wrapped(line, columns - 2)),
      2,
    ),
    '',
  ];
};

const totalsLine = (report: Report, columns: number, colours: Palette): readonly string[] => {
  const expectations = report.scenarios.flatMap((scenario) => scenario.expectations);
  const verdict = worstVerdict(expectations.map((one) => one.verdict));
  const uncontrolled = expectations.filter((one) => one.uncontrolled).length;
  const what = `${counted(expectations.length, 'expectation')} in ${counted(report.scenarios.length, 'scenario')}`;
  const text = [
    expectations.length === 0 ? what : `${what}: ${totalsText(report.totals)}`,
    ...(uncontrolled === 0 ? [] : [`${uncontrolled} uncontrolled`]),
    duration(report.durationMs),
  ]
    .map((part, index) => (index === 0 ? part : unbroken(part)))
    .join(unbrokenDot);
  return wrapped(text, columns).map((line) => colours.verdict(verdict, rebroken(line)));
};
