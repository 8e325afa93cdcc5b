import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { geteuid } from 'node:process';
import { requireOwnFolder } from './state-folder.js';

let above: string;
let folder: string;
beforeEach(async () => {
  above = await mkdtemp(join(tmpdir(), 'netclaims-state-'));
  folder = join(above, 'netclaims');
});
afterEach(() => rm(above, { recursive: true }));

it('takes a folder of one’s own, and one that is not there yet', async () => {
  await requireOwnFolder(folder);
  await mkdir(folder, { mode: 0o755 });
  await requireOwnFolder(folder);
});

it('refuses one that others can write to, with what to do', async () => {
  await mkdir(folder);
  await chmod(folder, 0o775);
  await expect(requireOwnFolder(folder)).rejects.toMatchObject({
    code: 'usage/state-folder',
    evidence: ['others can write to it (mode 0775)'],
    remedy: `run \`chmod go-w ${folder}\``,
  });
});

it('refuses one below a folder in which others can put another one in its place', async () => {
  await mkdir(folder);
  await chmod(above, 0o777);
  await expect(requireOwnFolder(folder)).rejects.toMatchObject({ code: 'usage/state-folder' });
  await chmod(above, 0o1777);
  await requireOwnFolder(folder);
});

it('refuses what is no folder', async () => {
  await symlink('/tmp', folder);
  await expect(requireOwnFolder(folder)).rejects.toMatchObject({ evidence: ['it is no folder'] });
  await rm(folder);
  await writeFile(folder, '');
  await expect(requireOwnFolder(folder)).rejects.toMatchObject({ evidence: ['it is no folder'] });
});

it('refuses that of another user, with what to do', async () => {
  await mkdir(folder);
  const self = geteuid?.() ?? 0;
  const other = self + 1;
  await expect(requireOwnFolder(folder, other)).rejects.toMatchObject({
    evidence: [`it belongs to the user ${self}, and this is ${other}`],
    remedy: 'name one of your own with NETCLAIMS_STATE_DIR',
  });
});
