import { formatProblem } from '../domain/problem.js';
import type { Scenario } from '../domain/scenario.js';
import { expressionChecker } from '../judge/expression-checker.js';
import { touchesText } from '../reports/phrases.js';
import { table } from '../reports/table.js';
import { select } from '../run/select.js';
import { topicOf } from '../scenario/claims-document.js';
import { scenarioFootprint } from '../scenario/footprint-advice.js';
import { loadScenarios } from '../scenario/load.js';
import { exitCode, type ExitCode } from './exit-code.js';
import type { Terminal } from './terminal.js';

export interface ListFlags {
  readonly selector?: string;
  readonly output: string;
  readonly verbose?: true;
}

/** `netclaims list`: the claims of scenario files, by topic; as JSON with all that they expect. */
export const list = async (
  paths: readonly string[],
  { selector, output, verbose }: ListFlags,
  terminal: Terminal,
): Promise<ExitCode> => {
  const { scenarios, problems } = await loadScenarios(paths, { checker: expressionChecker });
  const errors = problems.filter(({ severity }) => severity === 'error');
  terminal.progress(errors.map((problem) => `${formatProblem(problem)}\n`).join(''));
  const selected = [...select(scenarios, { selector, shard: undefined })].sort(byTopic);
  terminal.result(
    output === 'json'
      ? asJson(selected)
      : verbose === true
        ? selected.map(inFull).join('\n')
        : asText(selected),
  );
  const controls = selected.reduce((sum, one) => sum + one.controls.length, 0);
  terminal.progress(`${selected.length} claims, ${controls} controls\n`);
  return errors.length > 0 ? exitCode.usage : exitCode.holds;
};

const byTopic = (a: Scenario, b: Scenario): number =>
  compare(topicOf(a), topicOf(b)) || compare(a.name, b.name);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const asText = (scenarios: readonly Scenario[]): string =>
  table([
    ['TOPIC', 'NAME', 'NEEDS', 'CLAIM'],
    ...scenarios.map((scenario) => [
      topicOf(scenario),
      scenario.name,
      scenario.requires.join(',') || '-',
      scenario.claim,
    ]),
  ])
    .map((line) => `${line}\n`)
    .join('');

/** A claim with what its worlds touch beyond their own pods, and each reason. */
const inFull = (scenario: Scenario): string => {
  const { touches, reasons } = scenarioFootprint(scenario);
  return [
    `${topicOf(scenario)}/${scenario.name}: ${scenario.claim}`,
    `  needs: ${scenario.requires.join(', ') || 'nothing'}`,
    `  footprint: ${touchesText(touches)}`,
    ...reasons.map(({ why, file, position }) => `    ${why} (${file}:${position.line}:${position.column})`),
  ]
    .map((line) => `${line}\n`)
    .join('');
};

const asJson = (scenarios: readonly Scenario[]): string => {
  const claims = scenarios.map(
    ({ name, file, labels, claim, source, requires, expectations, controls, world }) => ({
      name,
      file,
      labels,
      claim,
      source: source ?? null,
      requires,
      expectations: expectations.map(({ id, says, that }) => ({ id, says, that: that.source })),
      footprint: world.footprint,
      controls: controls.map(({ name: control, refutes, world: { footprint } }) => ({
        name: control,
        refutes,
        footprint,
      })),
    }),
  );
  return `${JSON.stringify(claims, undefined, 2)}\n`;
};
