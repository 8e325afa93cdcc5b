import { NetclaimsError } from '../domain/error.js';
import { formatProblem } from '../domain/problem.js';
import type { Scenario } from '../domain/scenario.js';
import { expressionChecker } from '../judge/expression-checker.js';
import { select } from '../run/select.js';
import { loadScenarios } from '../scenario/load.js';
import type { Terminal } from './terminal.js';

/**
 * The scenarios to run; undefined when a file has an error, which has been told then.
 * @throws NetclaimsError `usage/nothing-selected`, and what `select` throws
 */
export const selectedScenarios = async (
  paths: readonly string[],
  { selector, shard }: { readonly selector?: string; readonly shard?: string },
  terminal: Terminal,
): Promise<readonly Scenario[] | undefined> => {
  const { scenarios, problems } = await loadScenarios(paths, { checker: expressionChecker }, terminal.signal);
  for (const problem of problems) terminal.progress(`${formatProblem(problem)}\n`);
  if (problems.some(({ severity }) => severity === 'error')) return undefined;
  const selected = select(scenarios, { selector, shard });
  if (selected.length > 0 || shard !== undefined) return selected;
  throw new NetclaimsError({
    code: 'usage/nothing-selected',
    what: `--selector ${selector ?? ''} leaves none of ${scenarios.length} scenarios`,
    remedy: 'name labels that are in the metadata of a scenario',
  });
};
