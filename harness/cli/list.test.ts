import { describe, expect, it } from '@jest/globals';
import { packageFile } from '../clusters/package-file.js';
import { list } from './list.js';
import { fakeTerminal } from './testing/fake-terminal.js';

const run = async (flags: Parameters<typeof list>[1]) => {
  const terminal = fakeTerminal();
  const code = await list([packageFile('scenarios')], flags, terminal);
  return { code, ...terminal.written };
};

describe('list', () => {
  it('prints one line for each claim, by topic', async () => {
    const { code, result, progress } = await run({ output: 'text' });
    expect(code).toBe(0);
    const [head = '', ...lines] = result.trimEnd().split('\n');
    expect(head).toMatch(/^TOPIC +NAME +NEEDS +CLAIM$/);
    expect(lines.length).toBeGreaterThanOrEqual(20);
    expect(lines).toEqual([...lines].sort());
    expect(result).toMatch(/^veth +veth-presence +veth +A veth pair connects every pod/m);
    expect(progress).toMatch(new RegExp(`^${lines.length} claims, \\d+ controls\n$`));
  });

  it('prints what the worlds of a claim touch and why, when asked for more', async () => {
    const { result } = await run({ output: 'text', verbose: true, selector: 'topic=network-namespaces' });
    expect(result).toMatch(
      /^network-namespaces\/loopback: .*\n {2}needs: ipv4\n {2}footprint: its own pods only$/m,
    );
    expect(result).toMatch(
      /^network-namespaces\/host-network: .*\n.*\n {2}footprint: reads nodes\n {4}Pod `idle` has `hostNetwork`, .* \(\S+idle-on-the-node\.yaml:7:16\)$/m,
    );
  });

  it('prints those of a selector only, as JSON with what they expect', async () => {
    const { result } = await run({ output: 'json', selector: 'topic=routes' });
    const claims = JSON.parse(result) as readonly { readonly name: string }[];
    expect(claims.map(({ name }) => name)).toEqual(['default-route']);
    expect(claims[0]).toMatchObject({
      expectations: expect.arrayContaining([expect.objectContaining({ id: 'answers' })]),
      footprint: { touches: 'none', reasons: [] },
      controls: [
        {
          name: expect.any(String),
          refutes: expect.arrayContaining(['answers']),
          footprint: { touches: 'none' },
        },
      ],
    });
  });
});
