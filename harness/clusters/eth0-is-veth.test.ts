import { describe, expect, it } from '@jest/globals';
import type { CommandResult, Node } from '../domain/cluster.js';
import { eth0IsVeth } from './eth0-is-veth.js';

const nodeAnswering = (result: CommandResult): Node => ({
  name: 'node-1',
  exec: () => Promise.resolve(result),
  replay: () => '',
});
const look = (result: Partial<CommandResult>) =>
  eth0IsVeth(
    nodeAnswering({ exitCode: 0, stdout: '', stderr: '', ...result }),
    '/run/netns/a',
    new AbortController().signal,
  );

describe('eth0IsVeth', () => {
  it('tells a veth from a link of another kind', async () => {
    expect(await look({ stdout: '[{"linkinfo":{"info_kind":"veth"}}]' })).toBe(true);
    expect(await look({ stdout: '[{"linkinfo":{"info_kind":"macvlan"}}]' })).toBe(false);
  });

  it('never takes a command that failed for a link of another kind', async () => {
    await expect(look({ exitCode: 1, stderr: 'Cannot find device "eth0"' })).rejects.toMatchObject({
      code: 'cluster/capabilities',
      evidence: [expect.stringContaining('Cannot find device')],
    });
  });
});
