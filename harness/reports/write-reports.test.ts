import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../domain/report.js';
import { everyVerdict } from './golden/every-verdict.js';
import { reportFormats } from './index.js';
import { checkReportTargets, parseReportTargets } from './report-target.js';
import { piecesOf, writeReports } from './write-reports.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netclaims-reports-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (report: Report, targets: Parameters<typeof writeReports>[1]) =>
  writeReports(report, targets, () => undefined);
const json = (file: string) => ({ format: 'json', file: join(folder, file) }) as const;
const text = (file: string) => readFile(join(folder, file), 'utf8');

describe('the pieces of a text', () => {
  it.each(['', 'abc', 'abcdef', 'ab\u{1f600}cd', '\u{1f600}\u{1f600}'])(
    'are %j again, and none cuts a character',
    (text) => {
      const pieces = [...piecesOf(text, 3)];
      expect(pieces.join('')).toBe(text);
      expect(Buffer.concat(pieces.map((piece) => Buffer.from(piece))).toString()).toBe(text);
    },
  );
});

describe('writeReports', () => {
  it('writes every report for all to read, over what was there, and leaves nothing else', async () => {
    await writeFile(join(folder, 'a.json'), 'old', { mode: 0o600 });
    const targets = [json('a.json'), { format: 'junit', file: join(folder, 'b.xml') }] as const;
    expect(await write(everyVerdict, targets)).toEqual([]);
    expect(await text('a.json')).toBe(reportFormats.json(everyVerdict));
    expect(await text('b.xml')).toBe(await reportFormats.junit(everyVerdict));
    expect((await stat(join(folder, 'a.json'))).mode & 0o777).toBe(0o644);
    expect((await readdir(folder)).sort()).toEqual(['a.json', 'b.xml']);
  });

  it('tells of a report that fails, and writes the others', async () => {
    await mkdir(join(folder, 'sub'));
    const targets = [json('missing/a.json'), json('sub'), json('b.json')];
    const failures = await write(everyVerdict, targets);
    expect(failures.map(({ code, message }) => [code, message])).toEqual([
      ['report/not-written', `the json report could not be written to ${folder}/missing/a.json`],
      ['report/not-written', `the json report could not be written to ${folder}/sub`],
    ]);
    expect((await readdir(folder)).sort()).toEqual(['b.json', 'sub']);
  });

  it('keeps what was there when a report cannot be rendered', async () => {
    await writeFile(join(folder, 'a.xml'), 'old');
    const broken = { ...everyVerdict, scenarios: undefined } as unknown as Report;
    const failures = await write(broken, [{ format: 'junit', file: join(folder, 'a.xml') }]);
    expect(failures).toHaveLength(1);
    expect(await text('a.xml')).toBe('old');
    expect(await readdir(folder)).toEqual(['a.xml']);
  });

  it('prints what is for standard output, also where that is a file', async () => {
    const [target] = parseReportTargets(['tap=/dev/stdout'], folder);
    if (target === undefined) throw new Error('no target');
    let printed = '';
    await checkReportTargets([target]);
    expect(await writeReports(everyVerdict, [target], (one) => void (printed += one))).toEqual([]);
    expect(printed).toBe(reportFormats.tap(everyVerdict));
    expect(await readdir(folder)).toEqual([]);
  });

  it('follows a link to a report, and does not replace a pipe', async () => {
    await writeFile(join(folder, 'real.json'), 'old');
    await symlink('real.json', join(folder, 'link.json'));
    await write(everyVerdict, [json('link.json')]);
    expect((await lstat(join(folder, 'link.json'))).isSymbolicLink()).toBe(true);
    expect(await text('real.json')).toBe(reportFormats.json(everyVerdict));

    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const [read, failures] = await Promise.all([text('pipe'), write(everyVerdict, [json('pipe')])]);
    expect(failures).toEqual([]);
    expect(read).toBe(reportFormats.json(everyVerdict));
    expect((await stat(join(folder, 'pipe'))).isFIFO()).toBe(true);
  });
});
