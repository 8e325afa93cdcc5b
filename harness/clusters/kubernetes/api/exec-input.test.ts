import { describe, expect, it } from '@jest/globals';
import { runCommand } from '../../command.js';
import { execInput } from './exec-input.js';

const never = new AbortController().signal;
const run = (command: Parameters<typeof execInput>[0]) => {
  const { argv, stdin } = execInput(command);
  return runCommand(argv, { timeoutMs: 5_000, ...(stdin === undefined ? {} : { stdin }) }, never);
};
const values = {
  PLAIN: 'x',
  EMPTY: '',
  SPACES: ' a  b ',
  QUOTES: `it's "so" \`id\` $(id) $HOME \\n`,
  LINES: 'a\nnetclaims-end-of-variables\n\nb\n',
};

describe('execInput', () => {
  it('leaves a command without variables alone', () => {
    expect(execInput({ argv: ['x'] })).toEqual({ argv: ['x'], stdin: undefined, ends: false });
    expect(execInput({ argv: ['x'], stdin: 'in' })).toEqual({ argv: ['x'], stdin: 'in', ends: true });
  });

  it('has no value in the argv', () => {
    const { argv } = execInput({ argv: ['x'], env: { PASSWORD: 'TOPSECRET' } });
    expect(argv.join(' ')).not.toContain('TOPSECRET');
    expect(argv.at(-1)).toBe('x');
  });

  it.each(Object.entries(values))('hands %s over as it is', async (name, value) => {
    const printed = await run({ argv: ['sh', '-c', `printf '%s' "$${name}"`], env: values });
    expect(printed).toEqual({ exitCode: 0, stdout: value, stderr: '' });
  });

  it('leaves the rest of the input to the command, and no input where it has none', async () => {
    const env = { A: 'a' };
    const sh = (line: string) => ['sh', '-c', line];
    expect(await run({ argv: sh('echo "$A"; cat'), env, stdin: 'x\ny' })).toMatchObject({
      stdout: 'a\nx\ny',
    });
    expect(await run({ argv: sh('cat; echo "$A"'), env })).toMatchObject({ stdout: 'a\n' });
    expect(await run({ argv: sh('exit 7'), env })).toMatchObject({ exitCode: 7 });
  });
});
