import { sentenceOf, type Failure } from '../domain/failure.js';
import type { ExpectationReport, Report, ScenarioReport } from '../domain/report.js';
import { causesOf, struckLines, type Cause } from './causes.js';
import { differenceLines } from './baseline.js';
import { runFailures } from './failures.js';
import { diagnosesOf } from './diagnoses.js';
import { probeLines } from './probe-output.js';
import { sharedFailure } from './shared-failure.js';
import { oneLine, visible, visibleLines } from './visible.js';

/**
 * Workflow commands of GitHub Actions, a line each: an annotation at the line of each expectation that does not hold. What is refuted
 * or vacuous is an error; what is unknown a warning, as it says nothing about the claim. Step summaries are the format `markdown`.
 */
export const renderGithub = (report: Report): string => {
  const failure = sharedFailure(report);
  const annotations =
    failure === undefined
      ? report.scenarios.flatMap(annotationsOf)
      : [failureAnnotation(failure, `nothing was run: ${failure.code}`)];
  const beside = runFailures(report).map((one) => failureAnnotation(one, one.code));
  const { file = '', differences = [] } = report.baseline ?? {};
  const changes = differenceLines(differences).map((line) =>
    command('error', { file: visible(file), title: 'not as in the baseline' }, line),
  );
  const causes = failure === undefined ? causesOf(report.scenarios).map(causeAnnotation) : [];
  return [...annotations, ...causes, ...beside, ...changes].map((line) => `${line}\n`).join('');
};

/** One for each cause, however many worlds it struck: it belongs to no line. */
const causeAnnotation = (cause: Cause): string => {
  const { code, evidence, remedy } = cause.failure;
  const struck = struckLines(cause, true).map((line) => `in ${oneLine(line)}`);
  return command(
    'warning',
    { title: visible(code) },
    lines([oneLine(sentenceOf(cause.failure)), ...evidence, `→ ${remedy}`, ...struck]),
  );
};

const failureAnnotation = (failure: Failure, title: string): string =>
  command(
    'warning',
    { title: visible(title) },
    lines([sentenceOf(failure), ...failure.evidence, `→ ${failure.remedy}`]),
  );

const annotationsOf = (scenario: ScenarioReport): readonly string[] => {
  return scenario.expectations.flatMap((expectation) => {
    const { id, verdict, line } = expectation;
    const level = levels[verdict];
    if (level === undefined) return [];
    const place = { file: visible(scenario.file), ...(line === undefined ? {} : { line: String(line) }) };
    const title = visible(`${scenario.name} ${id}: ${verdict}`);
    return [command(level, { ...place, title }, message(expectation, scenario))];
  });
};

const levels: Readonly<Record<ExpectationReport['verdict'], 'error' | 'warning' | undefined>> = {
  refuted: 'error',
  vacuous: 'error',
  unknown: 'warning',
  holds: undefined,
  'not-applicable': undefined,
};

const message = (expectation: ExpectationReport, scenario: ScenarioReport): string => {
  const { says, because, that, values, replay } = expectation;
  return lines([
    oneLine(says),
    oneLine(because),
    oneLine(that),
    ...values.map(({ expression, value }) => `  ${oneLine(expression)}: ${oneLine(value)}`),
    ...probeLines(expectation, scenario),
    ...replay.map((line) => `replay: ${line}`),
    ...diagnosesOf(scenario),
  ]);
};

const lines = (texts: readonly string[]): string => texts.flatMap((text) => visibleLines(text)).join('\n');

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
const command = (name: string, properties: Readonly<Record<string, string>>, data: string): string => {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escaped(value, /[%\r\n:,]/g)}`);
  return `::${name} ${list.join(',')}::${escaped(data, /[%\r\n]/g)}`;
};

const escaped = (text: string, characters: RegExp): string =>
  text.replace(
    characters,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
