import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { podFilesOn, podPaths } from './pod-files.js';
import { readPod } from './pod-manifest.js';
import { podOf } from './test-manifest.js';

const never = new AbortController().signal;
const node = { name: 'n', exec: () => Promise.reject(new Error('nothing is run')), replay: () => '' };

let root: string;
const here = (path: string) => join(root, path);
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pod-files-'));
});
afterEach(() => rm(root, { recursive: true }));

const identity = {
  pod: readPod(podOf('p', 'containers: [{ name: c, image: busybox }]')),
  namespace: 'ns',
  uid: 'u1',
  node: { name: 'n', ips: [], cgroupParent: '' },
};

describe('the files of a pod', () => {
  it('are found by the folder of its logs at any moment: nothing is made before it', async () => {
    await mkdir(dirname(here(podPaths.logs)), { recursive: true });
    await writeFile(here(podPaths.logs), 'no folder');
    await expect(podFilesOn(node, here).make(identity, never)).rejects.toThrow('ENOTDIR');
    // What would have been begun beside it is done by then.
    await sleep(100);
    await expect(readdir(here(podPaths.pods))).rejects.toThrow('ENOENT');
  });

  it('are all removed', async () => {
    const files = podFilesOn(node, here);
    await files.make(identity, never);
    const [logFolder = ''] = await readdir(here(podPaths.logs));
    expect(await readdir(here(podPaths.pods))).toEqual(['u1']);
    await files.remove({ uid: 'u1', logFolder }, never);
    expect(await readdir(here(podPaths.logs))).toEqual([]);
    expect(await readdir(here(podPaths.pods))).toEqual([]);
  });
});
