import { describe, expect, it } from '@jest/globals';
import { parseLinks } from './links.js';
import { recorded } from './testing/recorded.js';

const link = (recording: string, name: string) =>
  parseLinks(recorded(recording)).find((each) => each.name === name);

describe('parseLinks', () => {
  it('reads a pod’s veth: its addresses, and its end as an ifindex in a netns that has an id', () => {
    expect(link('address-veth', 'eth0')).toEqual({
      name: 'eth0',
      ifindex: 2,
      kind: 'veth',
      mtu: 1400,
      mac: '02:00:00:00:02:0a',
      state: 'UP',
      addresses: [
        { family: 'inet', address: '10.9.0.2', prefix: 24, scope: 'global' },
        { family: 'inet6', address: 'fd00:9::2', prefix: 64, scope: 'global' },
        { family: 'inet6', address: 'fe80::ff:fe00:20a', prefix: 64, scope: 'link' },
      ],
      master: '',
      end: { kind: 'other-netns', ifindex: 3, nsid: 0 },
    });
  });

  it('reads the node’s end, its bridge, and kinds that have no other end', () => {
    expect(link('address-node', 'vetha')).toMatchObject({
      master: 'cni0',
      end: { kind: 'other-netns', ifindex: 2, nsid: 0 },
    });
    expect(link('address-node', 'lo')).toMatchObject({ kind: 'loopback', end: { kind: 'none' } });
    expect(link('address-node', 'cni0')).toMatchObject({ kind: 'bridge', master: '', end: { kind: 'none' } });
    expect(link('address-node', 'vxlan0')).toMatchObject({ kind: 'vxlan', state: 'DOWN' });
  });

  it('takes no macvlan for a veth, though it names a link in another netns as well', () => {
    expect(recorded('address-macvlan').stdout).toContain('"link_netnsid":0');
    expect(link('address-macvlan', 'mac0')).toMatchObject({ kind: 'macvlan', end: { kind: 'none' } });
  });

  it('reads the ends of a veth within one netns by their names', () => {
    expect(link('address-same-netns-veth', 'both1')?.end).toEqual({ kind: 'same-netns', name: 'both2' });
    expect(link('address-same-netns-veth', 'both2')?.end).toEqual({ kind: 'same-netns', name: 'both1' });
  });

  it('keeps an id that the kernel does not give', () => {
    const answer = recorded('address-veth');
    const stdout = answer.stdout.replace('"link_netnsid":0', '"link_netnsid":-1');
    expect(parseLinks({ ...answer, stdout }).map(({ end }) => end)).toContainEqual({
      kind: 'other-netns',
      ifindex: 3,
      nsid: -1,
    });
  });

  it('knows no end of a veth that states only one half of it', () => {
    const answer = recorded('address-veth');
    const stdout = answer.stdout.replaceAll(/"link_index":[0-9]+,/g, '');
    expect(
      parseLinks({ ...answer, stdout })
        .filter(({ kind }) => kind === 'veth')
        .map(({ end }) => end),
    ).toEqual([{ kind: 'unstated' }, { kind: 'unstated' }]);
  });

  it('orders links by ifindex, whatever the order that they are printed in', () => {
    const printed = JSON.parse(recorded('address-same-netns-veth').stdout) as { ifname: string }[];
    expect(printed.map(({ ifname }) => ifname)).toEqual(['lo', 'eth0', 'both2', 'both1', 'toward-a']);
    const reversed = { ...recorded('address-same-netns-veth'), stdout: JSON.stringify(printed.toReversed()) };
    expect(parseLinks(reversed).map(({ ifindex }) => ifindex)).toEqual([1, 2, 3, 4, 5]);
  });

  it('reads a new netns as one that has lo, and no links at all as none that was read', () => {
    expect(parseLinks(recorded('address-empty'))).toMatchObject([
      { name: 'lo', state: 'DOWN', addresses: [] },
    ]);
    expect(() => parseLinks({ ...recorded('address-empty'), stdout: '[]\n' })).toThrow('not even lo');
  });

  it.each(['ifindex', 'ifname', 'mtu', 'operstate', 'link_type', 'addr_info'])(
    'refuses a link without %s',
    (key) => {
      const answer = recorded('address-empty');
      const stdout = answer.stdout.replace(`"${key}"`, '"other"');
      expect(stdout).not.toBe(answer.stdout);
      expect(() => parseLinks({ ...answer, stdout })).toThrow(key);
    },
  );

  it('repeats why a netns could not be entered', () => {
    expect(() => parseLinks(recorded('address-netns-gone'))).toThrow('cannot open /run/netns/gone');
    expect(() => parseLinks(recorded('address-not-permitted'))).toThrow('Operation not permitted');
  });
});
