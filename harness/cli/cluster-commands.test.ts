import { describe, expect, it } from '@jest/globals';
import { clusterDown, clusterList, clusterUp } from './cluster-commands.js';
import { fakeProvider } from '../session/testing/fake-provider.js';
import { fakeTerminal } from './testing/fake-terminal.js';

const flags = { cluster: 'auto', nodes: 1, load: [], name: 'mine' };
const changes = (calls: readonly string[]) => calls.filter((call) => call !== 'sweep');

describe('clusterUp', () => {
  it('makes a cluster that stays, and says how to use, enter and remove it', async () => {
    const provider = fakeProvider();
    const terminal = fakeTerminal({ providers: [provider] });
    expect(await clusterUp(flags, terminal)).toBe(0);
    expect(changes(provider.calls)).toEqual(['create kept mine', 'close']);
    expect(terminal.written.result).toBe(
      [
        'cluster mine is up: containerd, network bridge, node-1',
        '  use it     netclaims verify --cluster-name mine',
        '  enter it   on node-1: bash',
        '  remove it  netclaims cluster down mine',
        '',
      ].join('\n'),
    );
    expect(terminal.written.progress).toMatch(/^cluster: containerd, /);
  });
});

describe('clusterList', () => {
  it('has one line for each cluster of each provider', async () => {
    const terminal = fakeTerminal({
      providers: [fakeProvider({ name: 'kind', kept: ['k'] }), fakeProvider({ kept: ['a-long-name'] })],
    });
    expect(await clusterList(terminal)).toBe(0);
    expect(terminal.written.result.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['NAME', 'CLUSTER', 'CNI', 'NODES', 'CREATED', 'ENTER'],
      ['k', 'kind', 'bridge', 'node-1', '2026-01-01T00:00:00.000Z', 'nsenter'],
      ['a-long-name', 'containerd', 'bridge', 'node-1', '2026-01-01T00:00:00.000Z', 'nsenter'],
      [''],
    ]);
  });

  it('says how to make one when there is none, and has no result', async () => {
    const terminal = fakeTerminal({ providers: [fakeProvider()] });
    expect(await clusterList(terminal)).toBe(0);
    expect(terminal.written.result).toBe('');
    expect(terminal.written.progress).toContain('`netclaims cluster up` makes one');
  });
});

describe('clusterDown', () => {
  const down = async (names: readonly string[], all = false) => {
    const providers = [fakeProvider({ name: 'kind', kept: ['k'] }), fakeProvider({ kept: ['a', 'b'] })];
    const terminal = fakeTerminal({ providers });
    const code = clusterDown(names, { all }, terminal);
    await Promise.allSettled([code]);
    const left = (await Promise.all(providers.map((provider) => provider.list()))).flat();
    return { code, result: terminal.written.result, left: left.map(({ name }) => name) };
  };

  it('removes the clusters of these names and no others', async () => {
    const { code, result, left } = await down(['b', 'k']);
    await expect(code).resolves.toBe(0);
    expect(result).toBe('cluster k is removed\ncluster b is removed\n');
    expect(left).toEqual(['a']);
  });

  it('removes all of them when told to', async () => {
    const { code, left } = await down([], true);
    await expect(code).resolves.toBe(0);
    expect(left).toEqual([]);
  });

  it('removes those that there are, and says which there are not', async () => {
    const { code, left } = await down(['none', 'a', 'nor-this']);
    await expect(code).rejects.toMatchObject({
      code: 'usage/no-cluster',
      message: 'there is no cluster named none, nor-this',
    });
    expect(left).toEqual(['k', 'b']);
  });

  it('goes on after what cannot be removed or swept, tells of it, and ends with 2', async () => {
    const failing = fakeProvider({ kept: ['a'], sweep: () => Promise.reject(new Error('EBUSY')) });
    const terminal = fakeTerminal({ providers: [failing, fakeProvider({ kept: ['b'] })] });
    expect(await clusterDown(['a', 'b'], { all: false }, terminal)).toBe(2);
    expect(terminal.written).toEqual({
      result: 'cluster a is removed\ncluster b is removed\n',
      progress: 'EBUSY\n',
    });
  });

  it('asks for a name', async () => {
    const { code, left } = await down([]);
    await expect(code).rejects.toMatchObject({ code: 'usage/no-name' });
    expect(left).toEqual(['k', 'a', 'b']);
  });
});
