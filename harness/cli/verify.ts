import { differencesFrom } from '../baseline/compare.js';
import { baselineOf } from '../baseline/baseline-of.js';
import type { Baseline } from '../domain/baseline.js';
import { artifactFolder } from '../diagnosis/artifact-folder.js';
import { describeError, NetclaimsError } from '../domain/error.js';
import type { Report } from '../domain/report.js';
import { checkReportTargets, parseReportTargets } from '../reports/report-target.js';
import { renderTerminal } from '../reports/terminal.js';
import { writeReports } from '../reports/write-reports.js';
import { readBaseline } from './baseline-file.js';
import { exitCode, exitCodeOfDifferences, worse, type ExitCode } from './exit-code.js';
import type { FoundClaims } from '../session/run-claims.js';
import { runOnCluster, type RunFlags } from './run-on-cluster.js';
import { selectedScenarios } from './selected-scenarios.js';
import type { Terminal } from './terminal.js';

export interface VerifyFlags extends Omit<RunFlags, 'reference' | 'store'> {
  readonly selector?: string;
  readonly shard?: string;
  readonly report: readonly string[];
  /** What `record` wrote, from which nothing may differ. */
  readonly baseline?: string;
  /** A folder for what can be found out where something does not hold. */
  readonly artifacts?: string;
  /** Whether the packets of probes are captured for that. */
  readonly capture?: true;
}

/** `netclaims verify`: runs scenarios on a cluster and prints their verdicts. */
export const verify = async (
  paths: readonly string[],
  flags: VerifyFlags,
  terminal: Terminal,
): Promise<ExitCode> => {
  const targets = parseReportTargets(flags.report, terminal.folder);
  await checkReportTargets(targets);
  const expected =
    flags.baseline === undefined ? undefined : await readBaseline(flags.baseline, terminal.folder);
  if (flags.capture === true && flags.artifacts === undefined) throw noFolder();
  const artifacts =
    flags.artifacts === undefined ? undefined : await artifactFolder(flags.artifacts, terminal.folder);
  const scenarios = await selectedScenarios(paths, flags, terminal);
  if (scenarios === undefined) return exitCode.usage;

  const files = targets.filter(({ file }) => file !== '-');
  let unwritten: readonly NetclaimsError[] = [];
  // Written before the cluster is removed, so that a clean-up that hangs loses no report.
  const save = async (found: FoundClaims) => {
    unwritten = await writeReports(compared(found, expected, flags.baseline), files, terminal.result);
  };
  const outcome = await runOnCluster(
    scenarios,
    { ...flags, reference: expected !== undefined, store: artifacts },
    terminal,
    save,
  );
  const { report: found, reference } = outcome;
  if (found === undefined) return outcome.code;
  const report = compared({ report: found, reference }, expected, flags.baseline);
  terminal.result(renderTerminal(report, { ...terminal.resultStyle, detail: flags.detail }));
  const printed = targets.filter(({ file }) => file === '-');
  const unprinted = await writeReports(report, printed, terminal.result);
  const missing = [...unwritten, ...unprinted];
  for (const error of missing) terminal.progress(`${describeError(error)}\n`);
  return [
    exitCodeOfDifferences((report.baseline?.differences ?? []).map(({ is }) => is)),
    missing.length > 0 ? exitCode.unknown : exitCode.holds,
  ].reduce(worse, outcome.code);
};

const noFolder = (): NetclaimsError =>
  new NetclaimsError({
    code: 'usage/capture',
    what: '--capture has no folder to save captures in',
    remedy: 'give --artifacts DIR as well',
  });

const compared = ({ report, reference }: FoundClaims, expected: Baseline | undefined, file = ''): Report =>
  expected === undefined || reference === undefined
    ? report
    : {
        ...report,
        baseline: { file, differences: differencesFrom(expected, baselineOf(reference, report.scenarios)) },
      };
