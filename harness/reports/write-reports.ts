import { chmod, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { describeError, NetclaimsError } from '../domain/error.js';
import type { Report } from '../domain/report.js';
import { reportFormats } from './index.js';
import type { ReportTarget } from './report-target.js';

/**
 * Writes the reports, each complete or not at all. One that fails keeps neither the others nor the run's result from being told:
 * what could not be written is returned (`report/not-written`), and makes the exit code at least 2.
 */
export const writeReports = (
  report: Report,
  targets: readonly ReportTarget[],
  print: (text: string) => void,
): Promise<readonly NetclaimsError[]> =>
  writeTargets(targets, (format) => reportFormats[format](report), print);

/** The same for what has formats of its own. */
export const writeTargets = async <Format extends string>(
  targets: readonly ReportTarget<Format>[],
  render: (format: Format) => string | Promise<string>,
  print: (text: string) => void,
): Promise<readonly NetclaimsError[]> => {
  const failures = await Promise.all(
    targets.map(async ({ format, file }) => {
      try {
        const text = await render(format);
        if (file === '-') print(text);
        else await writeWhole(file, text);
        return [];
      } catch (cause) {
        return [
          new NetclaimsError({
            code: 'report/not-written',
            what: `the ${format} report could not be written to ${file}`,
            evidence: [describeError(cause)],
            remedy: 'see that its folder exists and has room, and that you may write to it',
            cause,
          }),
        ];
      }
    }),
  );
  return failures.flat();
};

const writeWhole = async (named: string, text: string): Promise<void> => {
  // Where a link points to a report, the report is replaced and not the link.
  const file = await realpath(named).catch(() => named);
  const existing = await stat(file).catch(() => undefined);
  if (existing !== undefined && !existing.isFile()) {
    // Renaming would put a file where a pipe or a device was, such as /dev/stdout.
    await writeFile(named, text);
    return;
  }
  const unfinished = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeFile(unfinished, piecesOf(text), { flag: 'wx' });
    await chmod(unfinished, 0o644);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
};

const pieceLength = 1024 * 1024;

/** A text in pieces, so that a large one is not held a second time as bytes. No piece ends within a surrogate pair. */
export function* piecesOf(text: string, longest = pieceLength): Generator<string> {
  for (let from = 0; from < text.length;) {
    const last = text.charCodeAt(from + longest - 1);
    const length = last >= 0xd800 && last <= 0xdbff ? longest + 1 : longest;
    yield text.slice(from, from + length);
    from += length;
  }
}
