import type { ExpectationReport, ScenarioReport } from '../domain/report.js';
import type { SubExpressionValue } from '../domain/world-report.js';
import { headed, indented, twoColumns, wrapped } from './layout.js';
import { verdictWord, type Palette } from './palette.js';
import { probeLines } from './probe-output.js';
import { oneLine, visible } from './visible.js';

/** An expectation for a reader: verdict and reason, the sentence, the expression with the values of its parts, controls, replay. */
export const expectationLines = (
  expectation: ExpectationReport,
  scenario: ScenarioReport,
  columns: number,
  colours: Palette,
): readonly string[] => {
  const { id, verdict, uncontrolled, says, that, because } = expectation;
  const head = `${visible(id)} ${verdictWord(verdict)}${uncontrolled ? ' (uncontrolled)' : ''} `;
  const inner = columns - 2;
  return [
    ...headed(head, oneLine(because), { columns, hang: 4, paint: (text) => colours.verdict(verdict, text) }),
    ...indented(
      [
        ...wrapped(oneLine(says), inner).map((line) => colours.quiet(line)),
        ...wrapped(oneLine(that), inner),
        ...indented(valueLines(expectation.values, inner - 2, that), 2),
        ...probeLines(expectation, scenario).flatMap((line) => outputLine(line, inner)),
        ...expectation.controls.flatMap((control) => controlLines(control, inner, colours)),
        // Never wrapped: it is there to be pasted.
        ...expectation.replay.map((line) => `replay: ${visible(line)}`),
      ],
      2,
    ),
  ];
};

/** A line that a probe printed keeps its place below the probe. */
const outputLine = (line: string, columns: number): readonly string[] =>
  line.startsWith('  ')
    ? indented(wrapped(visible(line.slice(2)), columns - 2), 2)
    : wrapped(visible(line), columns);

/** The values of an expression's parts as an aligned table, but for the one of the whole, which the verdict has said. */
export const valueLines = (
  values: readonly SubExpressionValue[],
  columns: number,
  whole: string,
): readonly string[] =>
  twoColumns(
    values
      .map(({ expression, value }) => ({ left: oneLine(expression), right: oneLine(value) }))
      .filter(({ left }) => left !== oneLine(whole)),
    columns,
  );

const controlLines = (
  { name, verdict, because }: ExpectationReport['controls'][number],
  columns: number,
  colours: Palette,
): readonly string[] => {
  const wanted = verdict === 'refuted' ? '' : ', but must be refuted';
  const head = `control "${visible(name)}": ${verdict}${wanted}`;
  return headed(head, because === '' ? '' : `(${oneLine(because)})`, {
    columns,
    hang: 2,
    // Refuted is what a control is there for.
    paint: (text) =>
      colours.verdict(verdict === 'refuted' ? 'holds' : verdict === 'holds' ? 'vacuous' : verdict, text),
  });
};
