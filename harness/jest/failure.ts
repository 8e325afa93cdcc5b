import type { ExpectationReport, ScenarioReport } from '../domain/report.js';

/** What is said of an expectation that does not hold: its sentence, why, the values and the lines that show them again. */
export const expectationFailure = (expectation: ExpectationReport): string =>
  [
    `${expectation.verdict.toUpperCase()}  ${expectation.id}: ${expectation.says}`,
    ...indented(expectation.that),
    '',
    expectation.because,
    ...expectation.values.map(({ expression, value }) => `  ${expression} = ${value}`),
    ...expectation.replay.map((line) => `  replay: ${line}`),
  ].join('\n');

/** What is said of a control in which an expectation is not refuted; undefined when each that it names is. */
export const controlFailure = (report: ScenarioReport, control: string): string | undefined => {
  const others = report.expectations.flatMap(({ id, controls }) =>
    controls
      .filter(({ name, verdict }) => name === control && verdict !== 'refuted')
      .map(({ verdict, because }) => {
        const why = verdict === 'holds' ? 'it holds here as well, so its check cannot fail' : because;
        return `${id} is not refuted (${verdict}): ${why}`;
      }),
  );
  return others.length === 0 ? undefined : others.join('\n');
};

/** What went wrong with a scenario's worlds although nothing more was to be seen in them, such as their removal. */
export const lateTrouble = (report: ScenarioReport): string | undefined => {
  const troubles = [report, ...report.controls].flatMap(({ trouble }) => trouble?.message ?? []);
  return troubles.length === 0 ? undefined : troubles.join('\n');
};

/** An error that Jest shows by its text alone: a stack trace of the harness would say nothing of a scenario. */
export const plainError = (text: string): Error => {
  const error = new Error(text);
  error.stack = text;
  return error;
};

const indented = (text: string): readonly string[] => text.split('\n').map((line) => `  ${line}`);
