import { describeError } from '../domain/error.js';
import { judgeReport } from '../judge/judge-report.js';
import { readReport } from '../reports/read-report.js';
import { checkReportTargets, parseReportTargets } from '../reports/report-target.js';
import { renderTerminal, type TerminalDetail } from '../reports/terminal.js';
import { writeReports } from '../reports/write-reports.js';
import { exitCode, exitCodeOf, worse, type ExitCode } from './exit-code.js';
import { inputText } from './input-text.js';
import type { Terminal } from './terminal.js';

export interface ReportFlags {
  readonly strict: boolean;
  readonly detail: TerminalDetail;
  readonly report: readonly string[];
}

/** `netclaims report`: prints and renders a saved run. The verdicts are worked out again from its facts; those in the file are not believed. */
export const report = async (file: string, flags: ReportFlags, terminal: Terminal): Promise<ExitCode> => {
  const targets = parseReportTargets(flags.report, terminal.folder);
  await checkReportTargets(targets);
  const saved = readReport(await reportText(file, terminal.folder), file);
  const judged = await judgeReport(saved, terminal.signal);
  for (const change of changedVerdicts(saved.scenarios, judged.scenarios)) terminal.progress(`${change}\n`);
  terminal.result(renderTerminal(judged, { ...terminal.resultStyle, detail: flags.detail }));
  const unwritten = await writeReports(judged, targets, terminal.result);
  for (const error of unwritten) terminal.progress(`${describeError(error)}\n`);
  return worse(exitCodeOf(judged, flags.strict), unwritten.length > 0 ? exitCode.unknown : exitCode.holds);
};

type Scenarios = ReturnType<typeof readReport>['scenarios'];

/** What this version judges otherwise than the one that wrote the report, or than somebody who edited it. */
const changedVerdicts = (saved: Scenarios, judged: Scenarios): readonly string[] =>
  saved.flatMap((scenario, index) =>
    scenario.expectations.flatMap(({ id, verdict }, position) => {
      const now = judged[index]?.expectations[position]?.verdict;
      return now === undefined || now === verdict
        ? []
        : [`${scenario.name} ${id}: ${verdict} in the file, ${now} when judged from its facts`];
    }),
  );

/** The text of a JSON report. @throws NetclaimsError `usage/no-report` */
export const reportText = (file: string, folder: string): Promise<string> =>
  inputText(file, folder, {
    code: 'usage/no-report',
    remedy: 'name a file that was written with `netclaims verify --report json=FILE`',
  });
