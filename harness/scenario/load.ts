import type { ExpressionChecker } from '../domain/expression-checker.js';
import { byPlace, type Problem } from '../domain/problem.js';
import type { Scenario } from '../domain/scenario.js';
import { manifestReader } from './manifest-files.js';
import { readScenario, type ScenarioName } from './read-scenario.js';
import { readText } from './read-text.js';
import { aboutFile, scenarioFiles } from './scenario-files.js';

/** What was loaded, and everything that is wrong with the rest. */
export interface LoadedScenarios {
  /** In the order of the arguments, then of the names. A file with an error gives none. */
  readonly scenarios: readonly Scenario[];
  /** Errors and warnings of all files, their manifests' included, by place. */
  readonly problems: readonly Problem[];
}

/**
 * Loads scenario files, and folders of them. Does not throw for what is in a file, or for one that is not there: those are problems.
 */
export const loadScenarios = async (
  paths: readonly string[],
  options: { readonly checker: ExpressionChecker },
  signal?: AbortSignal,
): Promise<LoadedScenarios> => {
  const found = await scenarioFiles(paths, signal);
  const readManifest = manifestReader(signal);
  const scenarios: Scenario[] = [];
  let problems = found.problems;
  const names = new Map<string, string>();
  for (const file of found.files) {
    const source = await readText(file, signal);
    if ('reason' in source) {
      problems = [...problems, aboutFile(file, source.reason)];
      continue;
    }
    const { name, scenario, problems: own } = await readScenario(source, options.checker, readManifest);
    const other = names.get(name?.text ?? '');
    const twice = name === undefined || other === undefined ? [] : [sameName(file, name, other)];
    if (name !== undefined && other === undefined) names.set(name.text, file);
    problems = problems.concat(own, twice);
    if (scenario !== undefined && twice.length === 0) scenarios.push(scenario);
  }
  return { scenarios, problems: unique(problems).sort(byPlace) };
};

const sameName = (file: string, name: ScenarioName, other: string): Problem => ({
  file,
  ...name.position,
  message: `\`${name.text}\` is the name of the scenario in ${other} already`,
  severity: 'error',
});

/** Scenarios that share a manifest file share its problems. */
const unique = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
];
