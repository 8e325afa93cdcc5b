import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { baselineOf } from '../baseline/baseline-of.js';
import { checkWritable } from '../reports/report-target.js';
import { renderTerminal } from '../reports/terminal.js';
import { exitCode, type ExitCode } from './exit-code.js';
import { runOnCluster, type RunFlags } from './run-on-cluster.js';
import { selectedScenarios } from './selected-scenarios.js';
import type { Terminal } from './terminal.js';

export interface RecordFlags extends Omit<RunFlags, 'reference' | 'failFast' | 'keep' | 'strict'> {
  readonly selector?: string;
  /** The file to write. */
  readonly output: string;
}

/** `netclaims record`: runs scenarios, and keeps how the cluster looked and what their verdicts were, whatever they were. */
export const record = async (
  paths: readonly string[],
  flags: RecordFlags,
  terminal: Terminal,
): Promise<ExitCode> => {
  const file = resolve(terminal.folder, flags.output);
  await checkWritable(file);
  const scenarios = await selectedScenarios(paths, flags, terminal);
  if (scenarios === undefined) return exitCode.usage;
  const { code, report, reference } = await runOnCluster(
    scenarios,
    { ...flags, reference: true, failFast: false, keep: false, strict: false },
    terminal,
  );
  if (report !== undefined) {
    terminal.result(renderTerminal(report, { ...terminal.resultStyle, detail: flags.detail }));
  }
  if (report === undefined || reference === undefined) {
    terminal.progress(`${flags.output} is not written: there is nothing to compare with\n`);
    return code === exitCode.usage ? code : exitCode.unknown;
  }
  await writeFile(file, `${JSON.stringify(baselineOf(reference, report.scenarios), undefined, 2)}\n`);
  terminal.progress(`written to ${flags.output}\n`);
  return report.failures !== undefined || report.totals.unknown > 0 ? exitCode.unknown : exitCode.holds;
};
