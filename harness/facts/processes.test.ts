import { describe, expect, it } from '@jest/globals';
import type { Ended } from './answers.js';
import { parseProcess, processArgv } from './processes.js';
import { cutOff, recorded } from './testing/recorded.js';

const running = recorded('process');
const [, , , stat = '', cmdline = ''] = running.argv;
const answering = (answer: Partial<Ended>): Ended => ({ ...running, ...answer });

describe('parseProcess', () => {
  it('reads one that runs, with its command line', () => {
    expect(parseProcess(running)).toEqual({ kind: 'running', command: 'sleep 600' });
  });

  it('reads one that has ended and is not waited for, whose command line is empty', () => {
    expect(parseProcess(recorded('process-zombie'))).toEqual({ kind: 'ended' });
  });

  it('says that there is none only by grep’s own word', () => {
    expect(parseProcess(recorded('process-none'))).toEqual({ kind: 'none' });
    const gone = { stdout: '', exitCode: 2, stderr: `grep: ${stat}: No such process` };
    expect(parseProcess(answering(gone))).toEqual({ kind: 'none' });
    for (const stderr of [
      `grep: ${stat}: Permission denied`,
      'grep: /proc/1/stat: No such file or directory',
      '',
    ]) {
      expect(() => parseProcess(answering({ ...gone, stderr }))).toThrow('ended with 2');
    }
    expect(() => parseProcess(answering({ stdout: '' }))).toThrow('printed no state');
  });

  it('reads the state behind a name that looks like one', () => {
    const named = (name: string) => running.stdout.replace('(sleep)', `(${name})`);
    expect(parseProcess(answering({ stdout: named('a) Z (b') }))).toMatchObject({ kind: 'running' });
    expect(parseProcess(answering({ stdout: named(') Z 1 (') }))).toMatchObject({ kind: 'running' });
  });

  it('has no command line to tell when that could not be read', () => {
    const stdout = running.stdout.slice(0, running.stdout.indexOf('\0') + 1);
    const refused = { stdout, exitCode: 2, stderr: `grep: ${cmdline}: Permission denied` };
    expect(() => parseProcess(answering(refused))).toThrow('Permission denied');
    expect(() => parseProcess(answering({ stdout, exitCode: 137 }))).toThrow('137');
  });

  it('refuses records of which the last was cut off', () => {
    for (const part of cutOff(running).filter(({ stdout }) => !stdout.endsWith('\0'))) {
      expect(() => parseProcess(part)).toThrow();
    }
  });

  it('asks for the state alone where no command line is wanted', () => {
    expect(processArgv(7, 'state')).toEqual(['grep', '-azH', '', '/proc/7/stat']);
    expect(parseProcess({ ...running, argv: processArgv(Number(stat.split('/')[2]), 'state') })).toEqual({
      kind: 'running',
      command: '',
    });
  });
});
