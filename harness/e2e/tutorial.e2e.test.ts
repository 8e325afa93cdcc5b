import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageFile } from '../clusters/package-file.js';
import type { Report } from '../domain/report.js';
import { leftSince, takeInventory, type Inventory } from './inventory.js';
import { startCli } from './run-cli.js';
import { scratchFolder } from './scratch-folder.js';

let before: Inventory;
beforeEach(async () => {
  await startCli('facts', '--cluster', 'containerd').ended;
  before = await takeInventory();
}, 60_000);
afterEach(async () => {
  expect(await leftSince(before)).toEqual([]);
});

const ours = packageFile('docs', 'tutorial.md');
const check = (...args: readonly string[]) =>
  startCli('tutorial', 'check', ...args, '--cluster', 'containerd').ended;

describe('our own tutorial', () => {
  it('is true', async () => {
    await using folder = await scratchFolder();
    const json = join(folder.path, 'report.json');
    const answer = await check(ours, '--report', `json=${json}`);
    expect(answer.stdout).not.toMatch(/REFUTED|UNKNOWN/);
    expect(answer.exitCode).toBe(0);
    const { totals } = JSON.parse(await readFile(json, 'utf8')) as Report;
    expect(totals.holds).toBeGreaterThan(20);
  }, 120_000);

  it('is refuted at its line, with a difference, once one of its outputs is broken', async () => {
    await using folder = await scratchFolder();
    const text = await readFile(ours, 'utf8');
    const stale = text.replace('10.9.0.0/24 dev red-end', '10.9.0.0/16 dev red-end');
    expect(stale).not.toBe(text);
    const line = stale.split('\n').findIndex((one) => one.includes('10.9.0.0/16 dev red-end')) + 1;
    const file = join(folder.path, 'stale.md');
    await writeFile(file, stale);
    const answer = await check(file, '--scenarios', packageFile('scenarios', 'veth'));
    expect(answer.exitCode).toBe(1);
    expect(answer.stdout).toMatch(
      new RegExp(String.raw`- ${line} +<ip[^\n]*/16 dev red-end[^]*\+ +<ip[^\n]*/24 dev red-end`),
    );
    expect(answer.stdout).toContain('1 refuted');
  }, 120_000);
});

describe('commands that do not end', () => {
  it('are stopped at their time or at the document’s end, wherever they run', async () => {
    await using folder = await scratchFolder();
    const file = join(folder.path, 'hangs.md');
    const pod = 'kubectl run idle --image=busybox -- sleep 10000';
    const hangs = [
      ...[
        '```sh timeout=1s',
        'sleep 10000',
        '```',
        '```sh',
        pod,
        '```',
        '```sh pod=idle timeout=1s',
        'sleep 10000',
        '```',
      ],
      ...[
        '```sh background',
        'sleep 10000',
        '```',
        '```sh',
        'sleep 2; pgrep --full --exact --list-full "sleep 10000"',
        '```',
      ],
    ];
    await writeFile(file, hangs.join('\n'));
    const json = join(folder.path, 'report.json');
    const answer = await check(file, '--report', `json=${json}`);
    expect(answer.exitCode).toBe(2);
    const { scenarios } = JSON.parse(await readFile(json, 'utf8')) as Report;
    expect(scenarios[0]?.expectations.map(({ line, verdict }) => `${line ?? 0} ${verdict}`)).toEqual([
      ...['2 unknown', '5 holds', '8 unknown', '11 holds', '14 holds', '14 holds'],
    ]);
    // The pod's own process and the one in the background; those that ran out of time are gone.
    expect(scenarios[0]?.probes['line-14-2']).toMatchObject({
      evidence: { stdout: expect.stringMatching(/^(\d+ sleep 10000\n){2}$/) },
    });
  }, 120_000);
});
