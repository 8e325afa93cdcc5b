import { formatProblem } from '../domain/problem.js';
import { expressionChecker } from '../judge/expression-checker.js';
import { footprintAdvice } from '../scenario/footprint-advice.js';
import { loadScenarios } from '../scenario/load.js';
import { exitCode, type ExitCode } from './exit-code.js';
import type { Terminal } from './terminal.js';

/** `netclaims lint`: every problem of every file; warnings alone are a failure only with `strict`, advice never is. */
export const lint = async (
  paths: readonly string[],
  { strict }: { readonly strict: boolean },
  terminal: Terminal,
): Promise<ExitCode> => {
  const { scenarios, problems } = await loadScenarios(paths, { checker: expressionChecker });
  const advice = scenarios.flatMap(footprintAdvice);
  terminal.result([...problems.map(formatProblem), ...advice].map((line) => `${line}\n`).join(''));
  const errors = problems.filter(({ severity }) => severity === 'error');
  terminal.progress(
    `${scenarios.length} scenarios, ${errors.length} errors, ${problems.length - errors.length} warnings\n`,
  );
  return errors.length > 0 || (strict && problems.length > 0) ? exitCode.usage : exitCode.holds;
};
