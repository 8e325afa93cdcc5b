import { expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageFile } from '../clusters/package-file.js';
import { leftSince, takeInventory } from './inventory.js';
import { startCli } from './run-cli.js';
import { scratchFolder } from './scratch-folder.js';

const run = promisify(execFile);

/** The blocks of shell commands of a document, in order. */
const blocksOf = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block = '']) => block);

it('docs/testing-your-plugin.md does what it says, block by block', async () => {
  const blocks = blocksOf(await readFile(packageFile('docs', 'testing-your-plugin.md'), 'utf8'));
  expect(blocks).toHaveLength(8);
  await startCli('facts', '--cluster', 'containerd').ended;
  const before = await takeInventory();
  await using scratch = await scratchFolder();
  // As `npm install netclaims` leaves it.
  await mkdir(join(scratch.path, 'node_modules', '.bin'), { recursive: true });
  await symlink(packageFile(), join(scratch.path, 'node_modules', 'netclaims'));
  await symlink('../netclaims/bin/netclaims.js', join(scratch.path, 'node_modules', '.bin', 'netclaims'));

  const printed: string[] = [];
  for (const block of blocks) {
    const { stdout } = await run('sh', ['-eu', '-c', block], { cwd: scratch.path, maxBuffer: 2 ** 24 });
    printed.push(stdout);
  }
  const [, , facts, topic, mistake, catalogue, many, matrix] = printed;
  expect(facts).toMatch(/eth0.*veth/);
  expect(topic).toMatch(/^HOLDS +veth-both-ends/m);
  expect(mistake).toContain('eth0.mtu = 1500, eth0.peer.mtu = 1400');
  expect(mistake).toContain('exit code 1');
  expect(catalogue).toMatch(/^HOLDS +pods-on-two-nodes/m);
  expect(catalogue).toMatch(/^HOLDS +host-port/m);
  expect(many).toMatch(/^HOLDS +churn-of-many/m);
  expect(await readFile(join(scratch.path, 'junit.xml'), 'utf8')).toContain('<testsuite');
  expect(matrix).toMatch(/veth-presence +holds +holds/);
  expect(await leftSince(before)).toEqual([]);
}, 900_000);
