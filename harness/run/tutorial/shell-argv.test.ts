import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { nothingCarried, shellCall, type Carried } from './shell-argv.js';

const shells = ['sh', 'bash'] as const;

const run = (source: string, carried: Carried, shell: 'sh' | 'bash') => {
  const { argv, env, read } = shellCall(source, shell, carried, 'MARK');
  const [file = '', ...args] = argv;
  const { status, stdout, stderr } = spawnSync(file, args, {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', SHLVL: '1', ...env },
  });
  return read({ exitCode: status ?? -1, stdout, stderr });
};

describe.each(shells)('statements one after another in %s', (shell) => {
  it('are plain where nothing is left to the next', () => {
    expect(shellCall('ip link | grep a', shell, nothingCarried, 'M').argv).toEqual([
      shell,
      '-c',
      'ip link | grep a',
    ]);
  });

  it('have the variables and the folder of those before', () => {
    const first = run(
      `cd /; word="it's \\$HOME
two"; export other=another; false`,
      nothingCarried,
      shell,
    );
    expect(first.result).toEqual({ exitCode: 1, stdout: '', stderr: '' });
    const second = run('printf "%s|%s|%s" "$word" "$other" "$PWD"', first.carried, shell);
    for (const value of first.carried.variables.values())
      expect(shellCall('ip link', shell, first.carried, 'M').argv.join(' ')).not.toContain(value);
    expect(second.result).toEqual({ exitCode: 0, stdout: "it's $HOME\ntwo|another|/", stderr: '' });
  });

  it('leave nothing when the shell is ended, and keep their own errors', () => {
    const { result, carried } = run('a=1; echo wrong >&2; exit 3', nothingCarried, shell);
    expect(result).toEqual({ exitCode: 3, stdout: '', stderr: 'wrong\n' });
    expect(carried).toBe(nothingCarried);
  });
});
