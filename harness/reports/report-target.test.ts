import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkReportTargets, parseReportTargets } from './report-target.js';

describe('parseReportTargets', () => {
  it('reads formats and files', () => {
    expect(parseReportTargets(['json=a.json', 'junit=/tmp/b=c.xml', 'terminal=out/d.txt'], '/here')).toEqual([
      { format: 'json', file: '/here/a.json' },
      { format: 'junit', file: '/tmp/b=c.xml' },
      { format: 'terminal', file: '/here/out/d.txt' },
    ]);
    expect(parseReportTargets([], '/here')).toEqual([]);
  });

  const refusal = (...values: string[]): unknown => {
    try {
      return parseReportTargets(values, '/here');
    } catch (error) {
      return error;
    }
  };

  it('lists the formats when it does not know one', () => {
    for (const value of ['xml=a.xml', 'xml', '', '=a', 'toString=a', 'JSON=a']) {
      expect(refusal(value)).toMatchObject({
        code: 'usage/report-format',
        evidence: [expect.stringMatching(/^the formats are: json, html, junit, .*terminal/)],
      });
    }
    expect(refusal('xml=a.xml')).toMatchObject({ message: '--report xml=a.xml: there is no format "xml"' });
  });

  it('wants a file, and one for each report', () => {
    for (const value of ['json', 'json=']) {
      expect(refusal(value)).toMatchObject({
        code: 'usage/report-format',
        message: `--report ${value}: there is no file in it`,
      });
    }
    expect(refusal('json=a', 'junit=b', 'junit=../here/a')).toMatchObject({
      code: 'usage/report-twice',
      message: 'two reports go to the same place: /here/a',
    });
  });
});

describe('checkReportTargets', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netclaims-reports-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const check = (file: string) => checkReportTargets([{ file: join(folder, file) }]);

  it('accepts a file that is there, and one that is not yet', async () => {
    await writeFile(join(folder, 'old.json'), '');
    await expect(check('old.json')).resolves.toBeUndefined();
    await expect(check('new.json')).resolves.toBeUndefined();
  });

  it('refuses what cannot be written, before anything has run', async () => {
    await expect(check('missing/a.json')).rejects.toMatchObject({
      code: 'usage/report-folder',
      evidence: [expect.stringContaining('ENOENT')],
      remedy: expect.stringContaining(`mkdir -p ${folder}/missing`) as unknown,
    });
    await writeFile(join(folder, 'file'), '');
    await expect(check('file/a.json')).rejects.toMatchObject({ code: 'usage/report-folder' });
    await mkdir(join(folder, 'sub'));
    await expect(check('sub')).rejects.toMatchObject({ code: 'usage/report-file' });
  });
});
