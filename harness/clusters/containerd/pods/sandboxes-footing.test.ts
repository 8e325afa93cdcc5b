import { describe, expect, it } from '@jest/globals';
import process from 'node:process';
import type { PodRunner } from './pod-runner.js';
import type { SandboxState } from './pod-state.js';
import { sandboxesFooting } from './sandboxes-footing.js';

const never = new AbortController().signal;
const exit = { id: 'box', pid: 1, exitCode: 137 };

/** A pod whose pause process is this one. */
const pod = (pid: number, sandbox: Partial<SandboxState> = {}, stopping = false) =>
  ({
    identity: { pod: { name: 'web' } },
    state: { sandbox: { id: 'box', phase: 'ready', ending: false, status: { pid }, ...sandbox } },
    isStopping: () => stopping,
  }) as unknown as PodRunner;

const footingOf = (one: PodRunner) => sandboxesFooting('node-1', new Map([['web', one]]), (path) => path);

const nobody = 2 ** 22 + 1;
const why = `the pause process ${nobody} of web has ended, and no step had asked for that`;

describe('the sandboxes of a world', () => {
  it('are lost when one ends that nobody has ended', async () => {
    const footing = footingOf(pod(nobody));
    footing.onExit(exit);
    expect(await footing.ended?.(never)).toBe(why);
  });

  it('are lost when a pause process is gone though nobody has told of it', async () => {
    expect(await footingOf(pod(nobody)).look(never)).toBe(why);
    expect(await footingOf(pod(process.pid)).look(never)).toBeUndefined();
  });

  it.each([
    ['is being stopped', pod(nobody, { ending: true })],
    ['has been given back', pod(nobody, { phase: 'stopped' })],
    ['is removed with its pod', pod(nobody, {}, true)],
  ])('are not lost when one %s', async (_, ended) => {
    const footing = footingOf(ended);
    footing.onExit(exit);
    expect(await footing.look(never)).toBeUndefined();
    expect(await Promise.race([footing.ended?.(never), Promise.resolve('stands')])).toBe('stands');
  });

  it('have nothing to do with the ends of containers', async () => {
    const footing = footingOf(pod(process.pid));
    footing.onExit({ ...exit, id: 'container' });
    expect(await Promise.race([footing.ended?.(never), Promise.resolve('stands')])).toBe('stands');
  });
});
