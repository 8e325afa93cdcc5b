import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkInputs } from './check-inputs.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netclaims-inputs-'));
  await writeFile(join(folder, 'full'), 'x');
  await writeFile(join(folder, 'empty'), '');
  await promisify(execFile)('mkfifo', [join(folder, 'pipe')]);
});
afterEach(() => rm(folder, { recursive: true }));

type Inputs = Parameters<typeof checkInputs>[0];

const nothing = { cni: undefined, cniBinDir: undefined, load: [], kubeconfig: undefined };
const check = (parts: Partial<Inputs>) => checkInputs({ ...nothing, ...parts });

describe('a file that is named', () => {
  const uses: readonly [string, (file: string) => Partial<Inputs>][] = [
    ['--load', (file) => ({ load: [file] })],
    ['--kubeconfig', (kubeconfig) => ({ kubeconfig })],
  ];
  it.each(uses)('must be one with content: %s', async (option, use) => {
    await check(use(join(folder, 'full')));
    for (const [name, reason] of [
      ['missing', 'does not exist'],
      ['', 'is a folder, not a file'],
      ['empty', 'is empty'],
      ['pipe', 'is a pipe, not a file'],
    ]) {
      const file = join(folder, name ?? '');
      await expect(check(use(file))).rejects.toMatchObject({
        code: expect.stringMatching(/^usage\//),
        message: `${option} ${file} ${reason ?? ''}`,
      });
    }
    await expect(check(use('/dev/zero'))).rejects.toThrow('is a device, not a file');
  });

  it('must be there where --cni names one', async () => {
    await check({ cni: 'bridge+firewall' });
    await expect(check({ cni: join(folder, 'no.conflist') })).rejects.toThrow('does not exist');
    await mkdir(join(folder, 'a.yaml'));
    await expect(check({ cni: join(folder, 'a.yaml') })).rejects.toThrow('is a folder, not a file');
  });
});

describe('a folder of plugins', () => {
  const plugins = async (name: string, mode = 0o755): Promise<string> => {
    const path = join(folder, 'plugins');
    await mkdir(path, { recursive: true });
    await writeFile(join(path, name), '#!/bin/sh\n', { mode });
    return path;
  };

  it('has a program', async () => {
    await check({ cniBinDir: await plugins('bridge') });
  });

  it.each([
    ['missing', 'does not exist'],
    ['full', 'is not a folder'],
    ['pipe', 'is not a folder'],
    ['nothing', 'has no plugin: no file in it can be executed'],
  ])('is refused: %s', async (name, reason) => {
    await mkdir(join(folder, 'nothing'));
    await expect(check({ cniBinDir: join(folder, name) })).rejects.toMatchObject({
      code: 'usage/no-plugins',
      message: `--cni-bin-dir ${join(folder, name)} ${reason}`,
    });
  });

  it('is refused when nothing in it can be executed, or it leads nowhere', async () => {
    const path = await plugins('bridge', 0o644);
    await expect(check({ cniBinDir: path })).rejects.toThrow('no file in it can be executed');
    await symlink('/nowhere/bridge', join(path, 'ptp'));
    await expect(check({ cniBinDir: path })).rejects.toThrow('has ptp, which does not exist');
  });
});
