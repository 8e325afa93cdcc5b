import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../domain/report.js';
import { judgeReport } from '../judge/judge-report.js';
import { everyVerdict } from '../reports/golden/every-verdict.js';
import { reportFormats } from '../reports/index.js';
import { runProgram } from './run-program.js';
import { fakeTerminal } from './testing/fake-terminal.js';

const judged = await judgeReport(everyVerdict);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const run = async (saved: string, ...args: readonly string[]) => {
  await writeFile(join(folder, 'run.json'), saved);
  const terminal = fakeTerminal({ folder });
  const code = await runProgram(['report', 'run.json', ...args], terminal);
  return { code, ...terminal.written };
};

describe('netclaims report', () => {
  it('renders a saved run in each format, with the verdicts that it had', async () => {
    const formats = Object.keys(reportFormats);
    const { code, result, progress } = await run(
      reportFormats.json(judged),
      ...formats.flatMap((format) => ['--report', `${format}=r.${format}`]),
    );
    expect({ code, progress }).toEqual({ code: 1, progress: '' });
    expect(result).toContain('REFUTED');
    expect((await readdir(folder)).sort()).toEqual([...formats.map((one) => `r.${one}`), 'run.json'].sort());
    const again = JSON.parse(await readFile(join(folder, 'r.json'), 'utf8')) as Report;
    expect(again).toEqual(JSON.parse(reportFormats.json(judged)));
  });

  it('believes the facts, not the verdicts, and says where they differ', async () => {
    const forged = reportFormats.json(judged).replaceAll('"verdict": "refuted"', '"verdict": "holds"');
    const { code, progress, result } = await run(forged, '--quiet');
    expect(code).toBe(1);
    expect(progress).toContain('veth-pair: holds in the file, refuted when judged from its facts');
    expect(result).toMatch(/^REFUTED {2}veth-presence/m);
  });

  it('refuses what is no report, a file that is not there, and --quiet with --verbose', async () => {
    expect(await run('{}')).toMatchObject({ code: 3, progress: expect.stringContaining('usage/bad-report') });
    const terminal = fakeTerminal({ folder });
    expect(await runProgram(['report', 'none.json'], terminal)).toBe(3);
    expect(terminal.written.progress).toContain('usage/no-report: none.json does not exist');
    expect(await run('{}', '--quiet', '--verbose')).toMatchObject({ code: 3 });
  });
});
