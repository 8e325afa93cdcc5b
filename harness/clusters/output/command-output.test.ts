import { describe, expect, it } from '@jest/globals';
import { collectOutput } from './command-output.js';
import { keptOfEachEnd } from './keep-ends.js';

const print = (text: string, options: { readonly mayBeCut?: boolean } = {}) => {
  const output = collectOutput('`yes`', options);
  output.stdout(Buffer.from(text));
  output.stderr(Buffer.from('why\n'));
  return output;
};

describe('collectOutput', () => {
  it('gives an output as it is up to its bound', () => {
    const most = 'x'.repeat(2 * keptOfEachEnd);
    expect(print(most).result(3)).toEqual({ exitCode: 3, stdout: most, stderr: 'why\n' });
  });

  it('gives both ends beyond it, with the exit code and how much is missing', () => {
    const text = `a${'x'.repeat(2 * keptOfEachEnd + 5)}z`;
    const { exitCode, stdout, dropped } = print(text, { mayBeCut: true }).result(3);
    expect({ exitCode, dropped }).toEqual({ exitCode: 3, dropped: { stdout: 7, stderr: 0 } });
    expect(stdout.startsWith('axx')).toBe(true);
    expect(stdout.endsWith('xxz')).toBe(true);
    expect(stdout).toContain('x\n[netclaims dropped 7 bytes here]\nx');
  });

  it.each([0, 1, 2, 3])('cuts no character of several bytes in two, %i bytes off', (offset) => {
    const text = `${'x'.repeat(offset)}${'😀'.repeat(keptOfEachEnd)}`;
    const { stdout } = print(text, { mayBeCut: true }).result(0);
    expect(stdout).not.toContain('\ufffd');
    expect(Number(/dropped ([0-9]+) bytes/.exec(stdout)?.[1]) % 4).toBe(0);
  });

  it('is an error where the caller reads only whole outputs', () => {
    expect(() => print('x'.repeat(2 * keptOfEachEnd + 1)).result(0)).toThrow(
      expect.objectContaining({
        code: 'probe/too-much-output',
        message: '`yes` printed 16777221 bytes, more than netclaims reads',
      }),
    );
  });

  it('keeps bytes apart that are not UTF-8', () => {
    const ofBytes = (...bytes: readonly number[]) => {
      const output = collectOutput('`cat`', {});
      output.stdout(Buffer.from(bytes));
      return output.result(0).stdout;
    };
    expect(ofBytes(0x80, 0x81)).not.toBe(ofBytes(0xfe, 0xff));
  });

  it('tells the last lines of the standard error', () => {
    expect(print('').lastLines()).toEqual(['why']);
  });
});
