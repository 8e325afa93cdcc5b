import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import pLimit from 'p-limit';
import { allDone } from '../domain/all-done.js';
import { describeError, NetclaimsError } from '../domain/error.js';
import { matrixDifferences, matrixOf, type Matrix } from '../domain/matrix.js';
import {
  differencesText,
  matrixReports,
  renderMatrix,
  renderMatrixReport,
  type MatrixFormat,
  type MatrixReport,
} from '../reports/matrix.js';
import { claimsReport } from '../session/claims-report.js';
import type { ClusterRequest } from '../session/open-cluster.js';
import { checkReportTargets, parseTargets } from '../reports/report-target.js';
import { writeTargets } from '../reports/write-reports.js';
import { exitCode, exitCodeOf, exitCodeOfDifferences, worse, type ExitCode } from './exit-code.js';
import { inputText } from './input-text.js';
import { selectedScenarios } from './selected-scenarios.js';
import type { Terminal } from './terminal.js';

export interface MatrixFlags extends ClusterRequest {
  readonly parallel?: number;
  /** Milliseconds for each scenario with its controls. */
  readonly timeout: number;
  readonly selector?: string;
  readonly output: MatrixFormat;
  readonly report: readonly string[];
  readonly expect?: string;
  readonly updateExpect: boolean;
}

/** So many clusters at a time: each waits for a part of its time, and what it is doing it does on all processors. */
const concurrency = 2;

/** `netclaims matrix`: the same scenarios on one cluster for each of several CNI networks, as one table. */
export const matrix = async (
  paths: readonly string[],
  flags: MatrixFlags,
  terminal: Terminal,
): Promise<ExitCode> => {
  const networks = networksOf(flags);
  const targets = parseTargets(flags.report, terminal.folder, matrixReports);
  await checkReportTargets(targets);
  const file = flags.expect === undefined ? undefined : resolve(terminal.folder, flags.expect);
  const expected =
    file === undefined || flags.updateExpect ? undefined : await readMatrix(file, terminal.folder);
  const selected = await selectedScenarios(paths, flags, terminal);
  if (selected === undefined) return exitCode.usage;

  const place = pLimit(concurrency);
  const columns = await allDone(
    networks.map((network) =>
      place(async () => {
        terminal.signal.throwIfAborted();
        const tell = (text: string) => terminal.progress(`${network}: ${text}\n`);
        const options = {
          cluster: { ...flags, cni: network, otherNetworks: networks.length > 1 },
          providers: terminal.providers,
          timeoutMs: flags.timeout,
          ...(flags.parallel === undefined ? {} : { parallel: flags.parallel }),
        };
        return { network, report: await claimsReport(selected, options, tell, terminal.signal) };
      }),
    ),
  );
  const found = matrixOf(columns);
  terminal.result(renderMatrix(found, flags.output, terminal.resultStyle.colour));
  const differences = expected === undefined ? [] : matrixDifferences(expected, found);
  const render = (format: MatrixReport) => renderMatrixReport(found, format, differences);
  const unwritten = await writeTargets(targets, render, terminal.result);
  for (const error of unwritten) terminal.progress(`${describeError(error)}\n`);
  const failures = columns.flatMap(({ report }) => report.failures ?? []);
  const written = failures.length + unwritten.length > 0 ? exitCode.unknown : exitCode.holds;
  if (file !== undefined && flags.updateExpect) {
    await writeFile(file, renderMatrix(found, 'json', false));
    terminal.progress(`written to ${file}\n`);
    return written;
  }
  if (expected === undefined)
    return columns.map(({ report }) => exitCodeOf(report, false)).reduce(worse, written);
  terminal.progress(differencesText(differences));
  return worse(exitCodeOfDifferences(differences.map((one) => one.found)), written);
};

const networksOf = ({ cni = '', expect, updateExpect, clusterName }: MatrixFlags): readonly string[] => {
  const networks = [...new Set(cni.split(',').map((name) => name.trim()))].filter(Boolean);
  const wrong =
    networks.length === 0
      ? ['no networks are given', 'name them: --cni bridge,ptp,macvlan']
      : clusterName !== undefined
        ? ['a cluster that is up has one network', 'leave --cluster-name out']
        : updateExpect && expect === undefined
          ? ['--update-expect names no file', 'give --expect FILE as well']
          : undefined;
  if (wrong === undefined) return networks;
  const [what = '', remedy = ''] = wrong;
  throw new NetclaimsError({ code: 'usage/matrix', what, remedy });
};

/** Reads a matrix that was written before. @throws NetclaimsError `usage/…` */
export const readMatrix = async (file: string, folder: string): Promise<Matrix> => {
  const kind = { code: 'usage/expect', remedy: 'write it with --update-expect' } as const;
  const text = await inputText(file, folder, kind);
  try {
    const matrix = JSON.parse(text) as Partial<Matrix> | null;
    if (matrix?.kind === 'Matrix' && Array.isArray(matrix.networks) && Array.isArray(matrix.claims)) {
      return matrix as Matrix;
    }
    throw new Error('it is no matrix (`kind: Matrix`)');
  } catch (cause) {
    throw new NetclaimsError({
      ...kind,
      what: `cannot read matrix ${file}`,
      evidence: [cause instanceof Error ? cause.message : String(cause)],
      cause,
    });
  }
};
