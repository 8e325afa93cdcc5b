import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pid } from 'node:process';
import type { World } from '../../../domain/cluster.js';
import { identifyProcess, identityText, type ProcessIdentity } from '../../process-identity.js';
import { worldOwners } from './world-owners.js';

let scratch: string;
let folder: string;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'owners-'));
  folder = join(scratch, 'worlds');
});
afterEach(async () => {
  await rm(scratch, { recursive: true });
});

const none = () => Promise.reject(new Error('nothing is done in it'));
const world = (namespace: string, dispose: () => Promise<void> = () => Promise.resolve()): World => ({
  namespace,
  apply: none,
  delete: none,
  pods: none,
  describe: none,
  exec: none,
  replayExec: () => '',
  restart: none,
  changed: none,
  [Symbol.asyncDispose]: dispose,
});

const own = `${pid}`;
/** The namespaces that are noted, each with the number of its owner. */
const noted = async () => (await readdir(folder)).map((name) => name.replace(/-[0-9]+-[0-9]+$/, '')).sort();

/** A process that lives until the test ends it. */
const neighbour = async (): Promise<{ child: ChildProcess; identity: ProcessIdentity }> => {
  const child = spawn('sleep', ['60']);
  await once(child, 'spawn');
  const identity = await identifyProcess(child.pid ?? -1);
  if (identity === undefined) throw new Error('sleep ended at once');
  return { child, identity };
};
const end = async (child: ChildProcess) => {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
};
const note = (owner: ProcessIdentity, namespace: string) =>
  writeFile(join(folder, `${namespace}@${identityText(owner)}`), '');

describe('worldOwners', () => {
  it('notes a world before it is opened, until it is removed', async () => {
    const owners = await worldOwners(folder);
    const opened = await owners.own('a', async () => {
      expect(await noted()).toEqual([`a@${own}`]);
      return world('a', async () => expect(await noted()).toEqual([`a@${own}`]));
    });
    expect(await noted()).toEqual([`a@${own}`]);
    await opened[Symbol.asyncDispose]();
    expect(await noted()).toEqual([]);
    expect.assertions(4);
  });

  it('keeps a world whose removal failed, and forgets one that was never opened', async () => {
    const owners = await worldOwners(folder);
    const stuck = await owners.own('stuck', () =>
      Promise.resolve(world('stuck', () => Promise.reject(new Error('busy')))),
    );
    await expect(stuck[Symbol.asyncDispose]()).rejects.toThrow('busy');
    await expect(owners.own('never', () => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
    await owners.leave();
    expect(await noted()).toEqual([`stuck@${own}`]);
  });

  it('leaves a world that nobody has begun to remove', async () => {
    const owners = await worldOwners(folder);
    await owners.own('a', () => Promise.resolve(world('a')));
    await owners.leave();
    expect(await noted()).toEqual([]);
  });

  it("inherits the worlds of those that have ended, and not another one's or its own", async () => {
    const owners = await worldOwners(folder);
    expect(await owners.inherit()).toEqual([]);
    await owners.own('own', () => Promise.resolve(world('own')));
    const [dead, living] = [await neighbour(), await neighbour()];
    try {
      await Promise.all([
        note(dead.identity, 'b'),
        note(dead.identity, 'a@1'),
        note(living.identity, 'c'),
        writeFile(join(folder, 'no-owner'), ''),
        // The number is used again by another process.
        note({ ...living.identity, startTime: living.identity.startTime - 1 }, 'd'),
        // It cannot be asked from here.
        note({ ...dead.identity, pidNamespace: 4_026_539_999 }, 'e'),
      ]);
      await end(dead.child);
      expect(await owners.inherit()).toEqual(['a@1', 'b', 'd']);
      expect(await noted()).toEqual([
        `a@1@${own}`,
        `b@${own}`,
        `c@${living.identity.pid}`,
        `d@${own}`,
        `e@${dead.identity.pid}`,
        'no-owner',
        `own@${own}`,
      ]);
      await owners.release('b');
      expect(await noted()).not.toContain(`b@${own}`);
    } finally {
      await end(living.child);
    }
  });

  it('gives each world to one of several heirs', async () => {
    const first = await worldOwners(folder);
    await first.own('own', () => Promise.resolve(world('own')));
    const dead = await neighbour();
    const names = Array.from({ length: 20 }, (_, index) => `w${index}`);
    await Promise.all(names.map((name) => note(dead.identity, name)));
    await end(dead.child);
    const second = await worldOwners(folder);
    const inherited = (await Promise.all([first.inherit(), second.inherit()])).flat();
    expect([...inherited].sort()).toEqual([...names].sort());
  });
});
