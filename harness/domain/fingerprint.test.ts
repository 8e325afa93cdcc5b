import { describe, expect, it } from '@jest/globals';
import {
  compareFingerprints,
  fingerprintParts,
  type Fingerprint,
  type FingerprintPart,
  type PartReading,
} from './fingerprint.js';

const fingerprint = (parts: Partial<Record<FingerprintPart, PartReading>> = {}): Fingerprint => ({
  node: 'node-1',
  bridges: ['cni0'],
  parts: {
    ...(Object.fromEntries(fingerprintParts.map((part) => [part, []])) as unknown as Fingerprint['parts']),
    ...parts,
  },
});
const compare = (
  before: Partial<Record<FingerprintPart, PartReading>>,
  after: Partial<Record<FingerprintPart, PartReading>>,
) => compareFingerprints(fingerprint(before), fingerprint(after));

describe('two fingerprints of a node', () => {
  it('are the same when nothing changed', () => {
    const parts = { links: ['eth0 kind veth mtu 1500'], sysctls: ['ipv4/ip_forward=1'] };
    expect(compare(parts, parts)).toEqual({ differences: [], onlyOfPods: true, unreadable: [] });
  });

  it('name what came and what went, as often as it did', () => {
    const rule = 'iptables-nft: -t filter -A FORWARD -j DROP';
    expect(compare({ iptables: [rule] }, { iptables: [rule, rule] })).toEqual({
      differences: [`node-1: iptables: + ${rule}`],
      onlyOfPods: false,
      unreadable: [],
    });
    expect(compare({ routes: ['dst default dev eth0'] }, {}).differences).toEqual([
      'node-1: routes: - dst default dev eth0',
    ]);
  });

  it('name a value that changed, and none that came with a link or went with it', () => {
    const { differences } = compare(
      { sysctls: ['ipv4/ip_forward=1', 'ipv4/conf/veth1/arp_notify=0'] },
      { sysctls: ['ipv4/ip_forward=0', 'ipv4/conf/cni0/arp_notify=0'] },
    );
    expect(differences).toEqual(['node-1: sysctls: ipv4/ip_forward: 1 → 0']);
  });

  it('do not differ by the bridge that the first pod made, but by whatever is put on it later', () => {
    const bridge = {
      links: ['cni0 kind bridge mtu 1500 qdisc noqueue UP'],
      addresses: ['10.244.0.1/24 scope global dev cni0'],
      routes: ['dst 10.244.0.0/24 dev cni0 table main'],
    };
    expect(compare({}, bridge).differences).toEqual([]);
    expect(
      compare(bridge, { ...bridge, addresses: [...bridge.addresses, '10.9.9.9/24 scope global dev cni0'] })
        .differences,
    ).toEqual(['node-1: addresses: + 10.9.9.9/24 scope global dev cni0']);
    // A near miss: a bridge that the network does not name.
    expect(compare({}, { links: ['br0 kind bridge mtu 1500 qdisc noqueue UP'] }).differences).toHaveLength(1);
  });

  it('tell what a deleted pod leaves from what it cannot leave', () => {
    const leaked = {
      leases: ['/var/lib/cni/networks/bridge/10.244.0.7'],
      links: ['veth1 kind veth mtu 1500 qdisc noqueue'],
      namespaces: ['cni-1'],
      iptables: [`iptables-nft: -t nat -A POSTROUTING -m comment --comment "id: ${'a'.repeat(64)}" -j X`],
    };
    expect(compare({}, leaked)).toMatchObject({ differences: { length: 4 }, onlyOfPods: true });
    expect(compare({}, { ...leaked, sysctls: [], rules: ['priority 5'] }).onlyOfPods).toBe(false);
  });

  it('are neither the same nor different in a part that could not be read', () => {
    const unread = { nft: { unreadable: 'nft is not installed' } };
    expect(compare(unread, unread)).toEqual({
      differences: [],
      onlyOfPods: true,
      unreadable: ['node-1: nft: nft is not installed'],
    });
    expect(compare({}, unread).unreadable).toHaveLength(1);
  });
});
