import { describe, expect, it, jest } from '@jest/globals';
import { packageFile } from '../clusters/package-file.js';
import { startProcess } from './run-cli.js';

jest.setTimeout(60_000);

/** Runs a shell line in which `netclaims` is the built command line. Gives its exit code, and what came to the shell's own output. */
const shell = (line: string, environment: Readonly<Record<string, string>> = {}) => {
  const script = `netclaims() { node "${packageFile('bin', 'netclaims.js')}" "$@"; }\n${line}`;
  return startProcess(['bash', '-c', script], environment).ended;
};

describe('output that cannot be written', () => {
  it('makes the exit code 2 where it is the result, and says so', async () => {
    const { exitCode, stderr } = await shell('netclaims list scenarios >/dev/full');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /^report\/not-written: the result could not be written to standard output\n {2}ENOSPC/m,
    );
  });

  it('does not hide that the usage is bad', async () => {
    expect(await shell('netclaims lint no-such-file >/dev/full 2>/dev/full')).toMatchObject({ exitCode: 3 });
  });

  it.each([
    'netclaims list scenarios 2>/dev/full >/dev/null',
    'netclaims list scenarios 2>&- >/dev/null',
    'netclaims list scenarios >&- 2>/dev/null',
    'netclaims list scenarios >&- 2>&-',
    'netclaims lint scenarios 2> >(head -1 >/dev/null)',
    'set -o pipefail; netclaims list scenarios | head -1',
  ])('changes no exit code otherwise: %s', async (line) => {
    expect(await shell(line)).toMatchObject({ exitCode: 0 });
  });
});

describe('what nobody foresaw', () => {
  const throwing = (code: string) => ({
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}`,
  });

  /** Runs code as soon as the command line has begun. */
  const whenHandled = (code: string) =>
    `process.on("newListener", (name) => name === "SIGINT" && setTimeout(() => { ${code} }, 1))`;

  it.each([
    ['an exception', 'throw new TypeError("injected")'],
    ['a rejection', 'Promise.reject(new TypeError("injected"))'],
  ])('%s that nobody catches ends the run with 2, as a fault to report', async (_what, code) => {
    const { exitCode, stderr } = await shell('netclaims list scenarios', throwing(whenHandled(code)));
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^harness\/unexpected: injected\n {2}at [^]*\n→ report the bug/);
  });

  it('is 2 as well where the command line cannot be loaded', async () => {
    const broken =
      'import m from "node:module"; m.register("data:text/javascript," + encodeURIComponent("export const resolve = (s, c, n) => { if (s.includes(\\"command/main\\")) throw new Error(\\"injected\\"); return n(s, c) }"))';
    const { exitCode, stderr } = await shell('netclaims list scenarios', throwing(broken));
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('injected') });
  });
});
