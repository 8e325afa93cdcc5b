import { describe, expect, it } from '@jest/globals';
import { runCommand } from './command.js';

const never = new AbortController().signal;
const run = (argv: readonly string[], options: Partial<Parameters<typeof runCommand>[1]> = {}) =>
  runCommand(argv, { timeoutMs: 5_000, ...options }, never);

describe('runCommand', () => {
  it('hands the argv over as it is: no shell expands, splits or quotes it', async () => {
    const odd = ['$(id)', '`id`', "it's", 'a b', '*', '', '\n', '"'];
    const result = await run(['printf', '[%s]', ...odd]);
    expect(result.stdout).toBe(odd.map((word) => `[${word}]`).join(''));
  });

  it('gives exit code, both streams, and what ended it', async () => {
    expect(await run(['sh', '-c', 'echo out; echo err >&2; exit 3'])).toEqual({
      exitCode: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    });
    expect((await run(['sh', '-c', 'kill -KILL $$'])).exitCode).toBe(137);
  });

  it('feeds standard input and ends it', async () => {
    expect((await run(['cat'], { stdin: 'a\nb' })).stdout).toBe('a\nb');
    expect((await run(['cat'])).stdout).toBe('');
  });

  it('bears with a command that ends without having read it', async () => {
    const stdin = 'x'.repeat(1_000_000);
    expect(await run(['sh', '-c', 'exec <&-; echo no >&2; exit 4'], { stdin })).toEqual({
      exitCode: 4,
      stdout: '',
      stderr: 'no\n',
    });
  });

  it('keeps the environment of the harness to itself', async () => {
    expect((await run(['env'])).stdout.split('\n').map((line) => line.split('=')[0])).toEqual([
      'PATH',
      'LC_ALL',
      '',
    ]);
  });

  it('tells a command that could not be started from one that failed', async () => {
    await expect(run(['netclaims-no-such-command'])).rejects.toMatchObject({ code: 'probe/not-started' });
  });

  it('ends one that ignores SIGTERM', async () => {
    const deaf = ['sh', '-c', "trap '' TERM; while :; do sleep 0.1; done"];
    await expect(run(deaf, { timeoutMs: 100 })).rejects.toMatchObject({ code: 'probe/timeout' });
  });

  it('does not wait for a process that left the group and holds the pipes', async () => {
    const escaped = ['sh', '-c', 'setsid sleep 8 & sleep 30'];
    await expect(run(escaped, { timeoutMs: 100 })).rejects.toMatchObject({ code: 'probe/timeout' });
  });

  it('keeps both ends of an output without an end', async () => {
    const endless = run(['sh', '-c', 'head -c 100000000 /dev/zero; echo end; exit 3'], { mayBeCut: true });
    const { exitCode, stdout, dropped } = await endless;
    expect({ exitCode, dropped }).toEqual({
      exitCode: 3,
      dropped: { stdout: 100_000_004 - 16 * 1024 * 1024, stderr: 0 },
    });
    expect(stdout.endsWith('\0end\n')).toBe(true);
  });

  it('ends a command that runs out of time', async () => {
    await expect(run(['sleep', '30'], { timeoutMs: 100 })).rejects.toMatchObject({ code: 'probe/timeout' });
    // What a command has started ends with it.
    const both = ['sh', '-c', 'sleep 29.123 & wait'];
    await expect(run(both, { timeoutMs: 500 })).rejects.toMatchObject({ code: 'probe/timeout' });
    expect((await run(['pgrep', '--full', '^sleep 29\\.123$'])).stdout).toBe('');
  });

  it('ends a command when it is aborted, with the reason of the abort', async () => {
    const controller = new AbortController();
    const running = runCommand(['sleep', '30'], { timeoutMs: 60_000 }, controller.signal);
    controller.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
  });
});
