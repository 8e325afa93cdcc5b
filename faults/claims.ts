import { packageFile } from '../harness/clusters/package-file.js';
import type { Scenario } from '../harness/domain/scenario.js';
import { expressionChecker } from '../harness/judge/expression-checker.js';
import { loadScenarios } from '../harness/scenario/load.js';

/** Every claim that a fault may be caught by: the catalogue, and those that take many pods. */
export const loadClaims = async (): Promise<readonly Scenario[]> => {
  const folders = ['scenarios', 'soak'].map((folder) => packageFile(folder));
  return (await loadScenarios(folders, { checker: expressionChecker })).scenarios;
};
