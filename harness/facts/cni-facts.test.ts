import { describe, expect, it } from '@jest/globals';
import type { Answer, Ended } from './answers.js';
import { configurationFiles, parseNetwork, podRanges } from './cni-configuration.js';
import { cniFacts, ipamFacts, podCidrFacts, readNetworks } from './cni-facts.js';
import { readingsOf } from './readings.js';
import { fakeNode } from './testing/fake-node.js';
import { recorded } from './testing/recorded.js';
import { unbatch } from './unbatch.js';

const reason = (text: string) => ({ $unreadable: expect.stringContaining(text) });
const answer = (argv: readonly string[], stdout: string, stderr = ''): Ended => ({
  kind: 'ended',
  argv,
  stdin: '',
  exitCode: stderr === '' ? 0 : 2,
  stdout,
  stderr,
});
const ls = (path: string, ...names: readonly string[]) =>
  answer(['ls', '-1A', path], names.map((name) => `${name}\n`).join(''));
const noFolder = (path: string) =>
  answer(['ls', '-1A', path], '', `ls: cannot access '${path}': No such file or directory`);
const cat = (file: string, network: object) =>
  answer(['cat', `/etc/cni/net.d/${file}`], JSON.stringify(network));

const factsOf = (...answers: readonly Answer[]) => {
  const readings = readingsOf(fakeNode('n', []), answers.flatMap(unbatch), 'now');
  const networks = readNetworks('nodes.n', readings);
  return {
    ...cniFacts('nodes.n', networks, readings),
    ipam: ipamFacts('nodes.n', networks, readings),
    podCIDRs: podCidrFacts(networks),
    sources: readings.record(),
  };
};
const usual = '/var/lib/cni/networks';
const bridge = (ipam: object) => ({ name: 'bridge', plugins: [{ type: 'bridge', ipam }] });

describe('the CNI configuration', () => {
  it('is read of both forms, with the ranges and the folder of host-local', () => {
    expect(parseNetwork(recorded('configuration-list'))).toEqual({
      name: 'bridge',
      plugins: ['bridge', 'portmap'],
      ipam: [{ type: 'host-local', dataDir: '/run/cni-state', ranges: ['10.9.0.0/24', 'fd00:9::/64'] }],
    });
    expect(parseNetwork(recorded('configuration-single'))).toEqual({
      name: 'second',
      plugins: ['macvlan'],
      ipam: [{ type: 'dhcp', dataDir: usual, ranges: [] }],
    });
  });

  it('refuses what is no network', () => {
    expect(() => parseNetwork(recorded('configuration-broken'))).toThrow('no JSON');
    for (const text of [
      '[]',
      '{}',
      '{"name": "a"}',
      '{"name": "a", "plugins": [{}]}',
      '{"name": "a", "plugins": {}}',
    ]) {
      expect(() => parseNetwork(answer(['cat', 'x'], text))).toThrow('printed no');
    }
    const ranges = { type: 'host-local', ranges: { subnet: '10.0.0.0/8' } };
    expect(() => parseNetwork(answer(['cat', 'x'], JSON.stringify(bridge(ranges))))).toThrow(
      'no list of ranges',
    );
  });

  it('is in the files that runtimes read, in their order', () => {
    expect(configurationFiles(['b.conf', 'README', 'a.conflist', 'c.json', 'a.conf.bak'])).toEqual([
      'a.conflist',
      'b.conf',
      'c.json',
    ]);
  });

  it('names a node’s ranges only where host-local has them', () => {
    expect(podRanges([])).toEqual([]);
    expect(podRanges([parseNetwork(recorded('configuration-list'))])).toEqual(['10.9.0.0/24', 'fd00:9::/64']);
    expect(() => podRanges([parseNetwork(recorded('configuration-single'))])).toThrow(
      'the IPAM plugin `dhcp` keeps them',
    );
    expect(() => podRanges([{ name: 'a', plugins: ['x'], ipam: [] }])).toThrow('configures no IPAM plugin');
  });
});

describe('the facts of CNI', () => {
  const first = cat('10.conflist', bridge({ type: 'host-local', subnet: '10.0.0.0/24' }));

  it('are those of all files, the first one’s plugins, and the addresses by network', () => {
    const facts = factsOf(
      ls('/etc/cni/net.d', '20.conf', '10.conflist'),
      first,
      cat('20.conf', { name: 'second', type: 'macvlan' }),
      ls('/var/lib/cni/results', 'bridge-1-eth0'),
      ls(usual, 'bridge'),
      answer(['ls', '-1A', `${usual}/bridge`], recorded('allocations').stdout),
    );
    expect(facts).toMatchObject({
      networks: ['bridge', 'second'],
      plugins: ['bridge'],
      results: ['bridge-1-eth0'],
      ipam: { bridge: { addresses: ['10.9.0.2', '10.9.0.3', 'fd00:9::2'] } },
      podCIDRs: ['10.0.0.0/24'],
    });
    const source = (path: string) =>
      facts.sources.evidence[facts.sources.sources[path] ?? -1]?.argv.join(' ');
    expect(source('nodes.n.cni.networks')).toBe('cat /etc/cni/net.d/10.conflist');
    expect(source('nodes.n.ipam.bridge')).toBe(`ls -1A ${usual}/bridge`);
  });

  it('are empty on a node that certainly has no CNI', () => {
    const facts = factsOf(noFolder('/etc/cni/net.d'), noFolder('/var/lib/cni/results'), noFolder(usual));
    expect(facts).toMatchObject({ networks: [], plugins: [], results: [], ipam: {}, podCIDRs: [] });
  });

  it('are unknown where the folder may not be read, or one file of it cannot be', () => {
    const [refused] = unbatch(recorded('folders-not-permitted')).slice(1);
    if (refused === undefined) throw new Error('there is no such recording');
    expect(factsOf(noFolder('/etc/cni/net.d'), refused, noFolder(usual)).results).toEqual(
      reason('Permission denied'),
    );
    const broken = answer(['cat', '/etc/cni/net.d/30.conflist'], recorded('configuration-broken').stdout);
    const unknown = reason('`cat /etc/cni/net.d/30.conflist` on node n printed no JSON');
    expect(
      factsOf(ls('/etc/cni/net.d', '10.conflist', '30.conflist'), first, broken, ls(usual)),
    ).toMatchObject({
      networks: unknown,
      plugins: unknown,
      ipam: unknown,
      podCIDRs: unknown,
    });
  });

  it('read the addresses of a network from the folder that it names', () => {
    const elsewhere = cat(
      '10.conflist',
      bridge({ type: 'host-local', subnet: '10.0.0.0/24', dataDir: '/run/state/' }),
    );
    const folder = ls('/etc/cni/net.d', '10.conflist');
    const stale = [ls(usual, 'bridge'), ls(`${usual}/bridge`, '10.0.0.9')];
    const used = [ls('/run/state', 'bridge'), ls('/run/state/bridge', '10.0.0.2')];
    expect(factsOf(folder, elsewhere, ...stale, ...used).ipam).toEqual({
      bridge: { addresses: ['10.0.0.2'] },
    });
    expect(factsOf(folder, elsewhere, ...stale, noFolder('/run/state')).ipam).toEqual({});
    expect(factsOf(folder, elsewhere, ...stale).ipam).toEqual(reason('`ls -1A /run/state` was not answered'));
  });

  it('know nothing of the addresses of a network whose folder was not listed', () => {
    const facts = factsOf(ls('/etc/cni/net.d', '10.conflist'), first, ls(usual, 'bridge'));
    expect(facts.ipam).toEqual({ bridge: { addresses: reason('was not answered') } });
  });
});
