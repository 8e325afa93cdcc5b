import { compareBaselines } from '../baseline/compare.js';
import { baselineText, type BaselineFormat } from '../reports/baseline.js';
import { readBaseline } from './baseline-file.js';
import { exitCodeOfDifferences, type ExitCode } from './exit-code.js';
import type { Terminal } from './terminal.js';

export interface DiffFlags {
  readonly output: BaselineFormat;
}

/** `netclaims diff`: what is not alike in two baselines. */
export const diff = async (
  [before, after]: readonly [string, string],
  { output }: DiffFlags,
  terminal: Terminal,
): Promise<ExitCode> => {
  const [was, is] = await Promise.all([before, after].map((file) => readBaseline(file, terminal.folder)));
  const differences = was === undefined || is === undefined ? [] : compareBaselines(was, is);
  terminal.result(baselineText(differences, output));
  return exitCodeOfDifferences(differences.map((one) => one.is));
};
