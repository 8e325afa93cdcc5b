import { counted } from '../harness/reports/phrases.js';
import { table } from '../harness/reports/table.js';
import type { Case } from './case.js';
import type { CasesRun } from './run-cases.js';

/** A row for each case, then the complaints, then how many passed and how long it took. */
export const casesTable = (cases: readonly Case[], { results, seconds }: CasesRun): string => {
  const failed = results.filter(({ complaints }) => complaints.length > 0);
  const needs = new Map(cases.map((one) => [one.name, one.needs]));
  const rows = results.map(({ name, complaints, seconds: took, memoryMiB }) => [
    name,
    needs.get(name) ?? '',
    complaints.length === 0 ? 'as required' : 'NOT AS REQUIRED',
    `${took.toFixed(1)} s`,
    memoryMiB === 0 ? '' : `${memoryMiB.toFixed(0)} MiB`,
  ]);
  return [
    ...table([['CASE', 'CLUSTER', 'RESULT', 'TIME', 'MEMORY'], ...rows]),
    '',
    ...failed.flatMap(({ name, complaints }) => [name, ...complaints.map((text) => `  ${text}`), '']),
    `${counted(results.length, 'case')} in ${seconds.toFixed(0)} s`,
    // The line that CI counts by, as Jest writes it.
    `Adversary: ${failed.length} failed, ${results.length - failed.length} passed, ${results.length} total`,
    '',
  ].join('\n');
};
