import type { ExpectationReport, ScenarioReport } from '../domain/report.js';
import { worldFailures } from '../reports/failures.js';
import { palette } from '../reports/palette.js';
import { expectationLines } from '../reports/terminal-expectation.js';
import { worldLines } from '../reports/terminal-failures.js';

/** Jest indents what it shows, and colours it itself. */
const columns = 96;
const colours = palette(false);

/** Why an expectation's test fails, in the words of the terminal report; undefined when it passes. */
export const expectationFailure = (
  report: ScenarioReport,
  id: string,
  strict: boolean,
): string | undefined => {
  const expectation = report.expectations.find((one) => one.id === id);
  if (expectation === undefined) return notRun(id);
  if (expectation.verdict === 'holds') return strict ? uncontrolled(expectation) : undefined;
  return paragraphs(expectationLines(expectation, report, columns, colours), failureLines(report));
};

/** Why a control's test fails: an expectation that it is to refute is not refuted there; undefined when it passes. */
export const controlFailure = (report: ScenarioReport, name: string): string | undefined => {
  const control = report.controls.find((one) => one.name === name);
  if (control === undefined) return notRun(`the control ${JSON.stringify(name)}`);
  const standing = standingIn(report, name);
  if (standing.length === 0) return undefined;
  return paragraphs(
    ...standing.map((one) => expectationLines({ ...one, replay: [] }, report, columns, colours)),
    worldLines(control, '', columns, colours, true),
  );
};

/** The expectations that a control was to refute, and did not. */
export const standingIn = (report: ScenarioReport, control: string): readonly ExpectationReport[] =>
  report.expectations.filter(({ controls }) =>
    controls.some(({ name, verdict }) => name === control && verdict !== 'refuted'),
  );

/** What went wrong although everything holds, such as the removal of a world; undefined when nothing did. */
export const lateFailure = (report: ScenarioReport): string | undefined => {
  const lines = report.verdict === 'holds' ? failureLines(report) : [];
  return lines.length === 0 ? undefined : lines.join('\n');
};

const failureLines = (report: ScenarioReport): readonly string[] => [
  ...worldLines(report, '', columns, colours, report.verdict !== 'holds'),
  ...report.controls
    .filter((control) => worldFailures(control).length > 0)
    .flatMap((control) =>
      worldLines(control, `control ${JSON.stringify(control.name)} `, columns, colours, false),
    ),
];

const uncontrolled = ({ id, uncontrolled: alone }: ExpectationReport): string | undefined =>
  alone
    ? `${id} UNCONTROLLED it holds, and no control refutes it: nothing shows that it can fail`
    : undefined;

const notRun = (what: string): string => `${what} was not run, although its test was`;

const paragraphs = (...parts: readonly (readonly string[])[]): string =>
  parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
