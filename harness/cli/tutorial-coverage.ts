import { isUnreadable } from '../domain/fact-types.js';
import { matrixOf } from '../domain/matrix.js';
import { readReport } from '../reports/read-report.js';
import { coverageDocument } from '../tutorial/coverage/coverage-document.js';
import { exitCode, type ExitCode } from './exit-code.js';
import { readMatrix } from './matrix.js';
import { readTutorials } from './read-tutorials.js';
import { reportText } from './report.js';
import type { Terminal } from './terminal.js';
import { documentScenarios } from './tutorial-claims.js';

export interface CoverageFlags {
  readonly scenarios: readonly string[];
  readonly run: readonly string[];
  readonly matrix?: string;
}

/** `netclaims tutorial coverage`: prints which scenarios and runs verify each part of a document, and on which networks it holds. */
export const tutorialCoverage = async (
  files: readonly string[],
  { scenarios: paths, run, matrix }: CoverageFlags,
  terminal: Terminal,
): Promise<ExitCode> => {
  const tutorials = await readTutorials(files, terminal);
  const scenarios = await documentScenarios(paths, terminal);
  if (tutorials === undefined || scenarios === undefined) return exitCode.usage;
  const reports = await Promise.all(
    run.map(async (file) => readReport(await reportText(file, terminal.folder), file)),
  );
  const columns = reports.map((report) => {
    const { cni } = report.cluster;
    return { network: isUnreadable(cni) ? 'unknown' : cni, report };
  });
  const runs = {
    documents: columns.length === 0 ? undefined : matrixOf(columns),
    scenarios: matrix === undefined ? undefined : await readMatrix(matrix, terminal.folder),
  };
  terminal.result(
    [
      '# What is verified of documents',
      '',
      '<!-- Made by `netclaims tutorial coverage`; edits here are lost. -->',
      '',
      'The claims of a document by the scenarios that are about it, and its commands by runs of it, on the networks that head the columns.',
      '',
      ...tutorials.map(({ document, plan }) => coverageDocument(document, plan, scenarios, runs)),
    ].join('\n'),
  );
  return exitCode.holds;
};
