import { describe, expect, it } from '@jest/globals';
import { runProgram } from './run-program.js';
import { fakeProvider } from '../session/testing/fake-provider.js';
import { fakeTerminal } from './testing/fake-terminal.js';
import { toolVersion } from '../session/tool-version.js';

const run = async (...args: readonly string[]) => {
  const provider = fakeProvider();
  const terminal = fakeTerminal({ providers: [provider] });
  const code = await runProgram(args, terminal);
  return { code, ...terminal.written, calls: provider.calls };
};

describe('the command line', () => {
  it.each([
    [['verify', '--nodes', '0'], /--nodes.*'0' is invalid\. It must be a whole number of at least 1\./],
    [['verify', '--nodes', 'two'], /'two' is invalid\. It must be a whole number/],
    [['verify', '--parallel', '-1'], /It must be a whole number of at least 1\./],
    [
      ['verify', '--timeout', 'soon'],
      /'soon' is invalid\. It must be a duration such as 30s, 2m or 1m30s, and at most 24h\./,
    ],
    [['verify', '--timeout', '600h'], /'600h' is invalid\. It must be a duration/],
    [['verify', '--timeout', '0s'], /It must be a duration/],
    [['verify', '--ip-family', 'ipv5'], /ipv4, ipv6, dual/],
    [['verify', '--cni'], /option '--cni <network>' argument missing/],
    [['verify', '--strct'], /unknown option '--strct'\n\(Did you mean --strict\?\)/],
    [['verfy'], /unknown command 'verfy'\n\(Did you mean verify\?\)/],
    [['cluster', 'dwon'], /unknown command 'dwon'\n\(Did you mean down\?\)/],
    [['lint', '--nodes', '2'], /unknown option '--nodes'/],
  ])('%j is bad usage', async (args, message) => {
    const { code, result, progress, calls } = await run(...args);
    expect(code).toBe(3);
    expect(result).toBe('');
    expect(progress).toMatch(message);
    expect(progress).toContain('→ add --help');
    expect(calls).toEqual([]);
  });

  it.each([
    [['verify', '--report', 'foo=x'], /usage\/report-format: .*\n {2}the formats are: .*json.*\n→ /],
    [['verify', '--report', 'json'], /usage\/report-format: .*no file in it\n→ /],
    [['verify', '--report', 'json=/no/such/folder/r.json'], /usage\/report-folder: [^]*\n→ make it with/],
    [
      ['verify', 'scenarios/', '--shard', '5/4'],
      /usage\/shard: --shard 5\/4 is not of the form I\/N[^]*\n→ /,
    ],
    [['verify', 'scenarios/', '--selector', 'topic'], /usage\/selector: .*`topic` is not[^]*\n→ /],
    [['verify', 'scenarios/', '--selector', 'a=b'], /usage\/nothing-selected: --selector a=b leaves[^]*\n→ /],
    [['verify', 'scenarios/', '--cluster', 'k3s'], /usage\/no-provider: .*`k3s`\n→ /],
    [
      ['facts', '--output', 'xml'],
      /usage\/output: --output xml: there is no such format\n→ give text or json/,
    ],
    [['facts', '--svg', '/no/such/folder/f.svg'], /usage\/report-folder: [^]*\n→ make it with/],
    [['cluster', 'down'], /usage\/no-name: [^]*\n→ /],
    [['verify', 'no/such/file.yaml'], /^no\/such\/file\.yaml/],
  ])('%j is refused with a remedy, and nothing is started', async (args, message) => {
    const { code, result, progress, calls } = await run(...args);
    expect(progress).toMatch(message);
    expect(code).toBe(3);
    expect(result).toBe('');
    expect(calls.filter((call) => !call.startsWith('sweep'))).toEqual([]);
  });

  it('prints help and its version as results', async () => {
    expect(await run('--version')).toMatchObject({ code: 0, result: `${toolVersion()}\n`, progress: '' });
    const help = await run('verify', '--help');
    expect(help).toMatchObject({ code: 0, progress: '' });
    expect(help.result).toContain('--report <format=file>');
    expect((await run('--help')).result).toContain('Exit codes: 0 everything holds');
  });

  it('without a command shows what there is, as bad usage', async () => {
    for (const args of [[], ['cluster']]) {
      const { code, result, progress } = await run(...args);
      expect({ code, result }).toEqual({ code: 3, result: '' });
      expect(progress).toContain('Commands:');
    }
  });

  it('gives the exit code of the command', async () => {
    expect(await run('schema')).toMatchObject({ code: 0, progress: '' });
    expect(JSON.parse((await run('schema')).result)).toMatchObject({ type: 'object' });
    expect(await run('cluster', 'list')).toMatchObject({ code: 0, result: '' });
    expect(await run('lint', 'no/such/file.yaml')).toMatchObject({ code: 3 });
  });
});
