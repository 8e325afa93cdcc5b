import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { formatProblem } from '../domain/problem.js';
import type { ScenarioReport } from '../domain/report.js';
import type { Scenario } from '../domain/scenario.js';
import { expressionChecker } from '../judge/expression-checker.js';
import { claimsReport } from '../run/tutorial/claims-report.js';
import { loadScenarios } from '../scenario/load.js';
import { checkClaims } from '../tutorial/claims/check-claims.js';
import { suggestClaims } from '../tutorial/claims/suggest.js';
import type { Tutorial } from './read-tutorials.js';
import type { Terminal } from './terminal.js';

/** The folder that is looked into when none is named. */
const usual = 'scenarios';

/**
 * The scenarios that documents are compared with: those that are named, else those of scenarios/ where there is such a folder. Undefined when a
 * file has an error, which has been told then.
 */
export const documentScenarios = async (
  paths: readonly string[],
  { folder, progress, signal }: Terminal,
): Promise<readonly Scenario[] | undefined> => {
  const isThere = (await stat(resolve(folder, usual)).catch(() => undefined))?.isDirectory() === true;
  const looked = paths.length > 0 ? paths : isThere ? [usual] : [];
  if (looked.length === 0) return [];
  const { scenarios, problems } = await loadScenarios(looked, { checker: expressionChecker }, signal);
  const errors = problems.filter(({ severity }) => severity === 'error');
  for (const problem of errors) progress(`${formatProblem(problem)}\n`);
  return errors.length > 0 ? undefined : scenarios;
};

/** What scenarios and documents say of each other. */
export const claimsOf = (
  tutorials: readonly Tutorial[],
  scenarios: readonly Scenario[],
): readonly ScenarioReport[] =>
  tutorials.flatMap(({ document }) => {
    const name = tutorials.length === 1 ? 'claims' : `${document.name}/claims`;
    return claimsReport(document, name, checkClaims(document, scenarios)) ?? [];
  });

/** A line for each sentence that looks like a claim and that no scenario is about. */
export const suggestions = (tutorials: readonly Tutorial[], scenarios: readonly Scenario[]): string =>
  tutorials
    .flatMap(({ document }) =>
      suggestClaims(document, scenarios).map(
        ({ text, line }) => `${document.file}:${line} no scenario for: ${text}\n`,
      ),
    )
    .join('');
