import { describe, expect, it } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { packageFile } from '../../../package-file.js';
import { goldens } from './goldens.js';

const folder = packageFile('harness', 'clusters', 'kind', 'kubeadm', 'golden');

describe('what kubeadm is told', () => {
  it.each(Object.entries(goldens))('is %s', async (file, content) => {
    expect(content).toBe(await readFile(`${folder}/${file}`, 'utf8'));
  });

  it('is compared with every file', async () => {
    const files = (await readdir(folder)).filter((file) => file.endsWith('.golden'));
    expect(files.sort()).toEqual(Object.keys(goldens).sort());
  });
});
