import type { Stats } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { absent } from '../domain/absent.js';
import { describeError, NetclaimsError } from '../domain/error.js';
import { reportFormats, type ReportFormat } from './index.js';

/** A report to be written: its format, and its file as an absolute path, or `-` for standard output. */
export interface ReportTarget<Format extends string = ReportFormat> {
  readonly format: Format;
  readonly file: string;
}

/**
 * Reads the values of `--report FORMAT=FILE`; files are taken from the folder `from`.
 * @throws NetclaimsError `usage/report-format` (no such format, no file) or `usage/report-twice` (two reports for one file)
 */
export const parseReportTargets = (values: readonly string[], from: string): readonly ReportTarget[] =>
  parseTargets(values, from, Object.keys(reportFormats) as ReportFormat[]);

/** The same for what has formats of its own. */
export const parseTargets = <Format extends string>(
  values: readonly string[],
  from: string,
  formats: readonly Format[],
): readonly ReportTarget<Format>[] => {
  const targets = values.map((value) => parseTarget(value, from, formats));
  const twice = targets.find(({ file }, index) => targets.findIndex((one) => one.file === file) < index);
  if (twice !== undefined) {
    throw new NetclaimsError({
      code: 'usage/report-twice',
      what: `two reports go to the same place: ${twice.file === '-' ? 'standard output' : twice.file}`,
      remedy: 'give each --report a file of its own',
    });
  }
  return targets;
};

const parseTarget = <Format extends string>(
  value: string,
  from: string,
  formats: readonly Format[],
): ReportTarget<Format> => {
  const [, given = '', file = ''] = /^([^=]*)=?(.*)$/s.exec(value) ?? [];
  const format = formats.find((one) => one === given);
  if (format === undefined) {
    throw new NetclaimsError({
      code: 'usage/report-format',
      what: `--report ${value}: there is no format ${given === '' ? 'in it' : `"${given}"`}`,
      evidence: [`the formats are: ${formats.join(', ')}`],
      remedy: 'write it as FORMAT=FILE, e.g. --report json=report.json',
    });
  }
  if (file === '') {
    throw new NetclaimsError({
      code: 'usage/report-format',
      what: `--report ${value}: there is no file in it`,
      remedy: `write it as FORMAT=FILE, e.g. --report ${format}=report.${format}`,
    });
  }
  return { format, file: isOutput(file) ? '-' : resolve(from, file) };
};

/** By its own name it might be a file that a shell has open, which is not to be replaced. */
const isOutput = (file: string): boolean => file === '-' || file === '/dev/stdout';

/**
 * Sees to it before a run that its reports can be written, so that no run is lost for a misspelt folder.
 * @throws NetclaimsError as `checkWritable`
 */
export const checkReportTargets = async (targets: readonly Pick<ReportTarget, 'file'>[]): Promise<void> => {
  for (const { file } of targets) if (file !== '-') await checkWritable(file);
};

/**
 * Sees to it that a file, named by its absolute path, can be written.
 * @throws NetclaimsError `usage/report-folder` (missing, no folder, not writable) or `usage/report-file` (a folder, a socket, a pipe)
 */
export const checkWritable = async (file: string): Promise<void> => {
  const folder = dirname(file);
  const found = await stat(folder).catch((cause: unknown) => {
    throw noFolder(file, folder, `make it with \`mkdir -p ${folder}\`, or name another file`, cause);
  });
  if (!found.isDirectory()) throw noFolder(file, folder, 'name a file in a folder', undefined);
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    throw noFolder(file, folder, 'name a file in a folder that you may write to', cause);
  });
  const existing = await stat(file).catch(absent);
  const wrong = existing === undefined ? undefined : unwritable(file, existing);
  if (wrong === undefined) return;
  throw new NetclaimsError({
    code: 'usage/report-file',
    what: `the report ${file} cannot be written: ${wrong}`,
    remedy: 'name a file',
  });
};

/** A device such as /dev/null takes a report. A pipe may wait for a reader for ever, unless a shell has it open: `>(command)`. */
const unwritable = (file: string, existing: Stats): string | undefined => {
  if (existing.isDirectory()) return 'it is a folder';
  if (existing.isSocket()) return 'it is a socket';
  if (existing.isBlockDevice()) return 'it is a disk';
  return existing.isFIFO() && !/^\/(dev|proc\/self)\/fd\//.test(file) ? 'it is a pipe' : undefined;
};

const noFolder = (file: string, folder: string, remedy: string, cause: unknown): NetclaimsError =>
  new NetclaimsError({
    code: 'usage/report-folder',
    what: `the report ${file} cannot be written`,
    evidence: [cause === undefined ? `${folder} is no folder` : describeError(cause)],
    remedy,
    cause,
  });
