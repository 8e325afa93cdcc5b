import { failureLines, sentenceOf, type Failure } from '../domain/failure.js';
import {
  countVerdicts,
  type ExpectationReport,
  type Report,
  type ReportBaseline,
  type ScenarioReport,
} from '../domain/report.js';
import { differenceLines } from './baseline.js';
import { diagnosesOf } from './diagnoses.js';
import { factText } from './phrases.js';
import { failuresOf } from './causes.js';
import { runFailures } from './failures.js';
import { probeLines } from './probe-output.js';
import { oneLine, visible, visibleLines } from './visible.js';
import { element, renderXml, type XmlElement } from './xml.js';

/**
 * JUnit XML: a suite for each scenario, a case for each expectation. Refuted and vacuous are failures, unknown is an error (it says
 * nothing about the claim), not-applicable is skipped. What failed beside the worlds is a suite of its own, and so is a baseline.
 */
export const renderJunit = (report: Report): Promise<string> => {
  const { scenarios, baseline } = report;
  const failures = runFailures(report);
  const all = scenarios.flatMap((scenario) => scenario.expectations);
  return renderXml(
    element(
      'testsuites',
      { name: 'netclaims', ...counts(all, { baseline, failures }), time: seconds(report.durationMs) },
      [
        ...scenarios.map((scenario) => suite(report, scenario)),
        ...(failures.length === 0 ? [] : [failuresSuite(report, failures)]),
        ...(baseline === undefined ? [] : [baselineSuite(report, baseline)]),
      ],
    ),
  );
};

const failuresSuite = (report: Report, failures: readonly Failure[]): XmlElement =>
  element(
    'testsuite',
    { name: 'run', ...counts([], { failures }), time: seconds(0), timestamp: visible(report.startedAt) },
    failures.map((failure) =>
      element('testcase', { classname: 'run', name: failure.code, time: seconds(0) }, [
        element(
          'error',
          { message: visible(oneLine(sentenceOf(failure))), type: failure.code },
          lines(failureLines(failure)),
        ),
      ]),
    ),
  );

const baselineSuite = (report: Report, baseline: ReportBaseline): XmlElement => {
  const differences = differenceLines(baseline.differences);
  const name = visible(`as in ${baseline.file}`);
  return element(
    'testsuite',
    { name: 'baseline', ...counts([], { baseline }), time: seconds(0), timestamp: visible(report.startedAt) },
    [
      element('testcase', { classname: 'baseline', name, time: seconds(0) }, [
        ...differences
          .slice(0, 1)
          .map((first) => element('failure', { message: first, type: 'differs' }, lines(differences))),
      ]),
    ],
  );
};

const suite = (report: Report, scenario: ScenarioReport): XmlElement => {
  const failures = [...failuresOf(scenario), ...diagnosesOf(scenario)];
  return element(
    'testsuite',
    {
      name: visible(scenario.name),
      ...counts(scenario.expectations),
      time: seconds(scenario.durationMs),
      timestamp: visible(report.startedAt),
      file: visible(scenario.file),
    },
    [
      properties({
        cluster: factText(report.cluster.provider),
        cni: factText(report.cluster.cni),
        kubernetes: factText(report.cluster.kubernetes),
        runtime: factText(report.cluster.runtime),
        kernel: factText(report.cluster.kernel),
        nodes: report.cluster.nodes.join(' '),
        claim: scenario.claim,
        verdict: scenario.verdict,
      }),
      ...scenario.expectations.map((expectation, index) => testcase(scenario, expectation, index)),
      ...(failures.length === 0 ? [] : [element('system-err', {}, lines(failures))]),
    ],
  );
};

const testcase = (scenario: ScenarioReport, expectation: ExpectationReport, index: number): XmlElement =>
  element(
    'testcase',
    {
      classname: visible(scenario.name),
      name: visible(expectation.id),
      time: seconds(shareOf(scenario, index)),
      file: visible(scenario.file),
    },
    [
      ...(expectation.uncontrolled ? [properties({ uncontrolled: 'true' })] : []),
      ...outcome(expectation, scenario),
      element('system-out', {}, lines([expectation.says, expectation.that, ...controlLines(expectation)])),
    ],
  );

/** The steps of a scenario serve all its expectations: each gets an equal share of the time, so that the cases add up to the suite. */
const shareOf = ({ durationMs, expectations }: ScenarioReport, index: number): number => {
  const until = (count: number): number => Math.floor((durationMs * count) / expectations.length);
  return until(index + 1) - until(index);
};

const outcome = (expectation: ExpectationReport, scenario: ScenarioReport): readonly XmlElement[] => {
  const because = visibleLines(expectation.because).join(' ');
  const details = lines([
    expectation.because,
    ...expectation.values.map(({ expression, value }) => `  ${oneLine(expression)}: ${oneLine(value)}`),
    ...probeLines(expectation, scenario),
    ...expectation.replay.map((line) => `replay: ${line}`),
  ]);
  switch (expectation.verdict) {
    case 'holds':
      return [];
    case 'refuted':
    case 'vacuous':
      return [element('failure', { message: because, type: expectation.verdict }, details)];
    case 'unknown':
      return [element('error', { message: because, type: 'unknown' }, details)];
    case 'not-applicable':
      return [element('skipped', { message: because })];
  }
};

const controlLines = ({ controls, uncontrolled }: ExpectationReport): readonly string[] => [
  ...controls.map(
    ({ name, verdict, because }) =>
      `control "${name}": ${verdict}${because === '' ? '' : ` (${oneLine(because)})`}`,
  ),
  ...(uncontrolled ? ['uncontrolled: no control refutes it'] : []),
];

const properties = (values: Readonly<Record<string, string>>): XmlElement =>
  element(
    'properties',
    {},
    Object.entries(values).map(([name, value]) => element('property', { name, value: visible(value) })),
  );

const counts = (
  expectations: readonly ExpectationReport[],
  beside: { readonly baseline?: ReportBaseline | undefined; readonly failures?: readonly Failure[] } = {},
): Readonly<Record<string, string>> => {
  const totals = countVerdicts(expectations.map(({ verdict }) => verdict));
  const { baseline, failures = [] } = beside;
  const differs = baseline !== undefined && baseline.differences.length > 0;
  return {
    tests: String(expectations.length + failures.length + (baseline === undefined ? 0 : 1)),
    failures: String(totals.refuted + totals.vacuous + (differs ? 1 : 0)),
    errors: String(totals.unknown + failures.length),
    skipped: String(totals.notApplicable),
  };
};

const lines = (texts: readonly string[]): string => texts.flatMap((text) => visibleLines(text)).join('\n');

const seconds = (ms: number): string => (ms / 1_000).toFixed(3);
