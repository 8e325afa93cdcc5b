import { describe, expect, it } from '@jest/globals';
import { parsePeerIfindex } from './ethtool.js';
import { parseKernel } from './kernel.js';
import { netnsName, parseNamedNetns } from './named-netns.js';
import { parseNamespaces } from './namespaces.js';
import { parseIdentity, parseNetnsInode } from './netns-identity.js';
import { recorded } from './testing/recorded.js';

describe('parseNamespaces', () => {
  it('reads each with its first process, its id, and -1 where it has none', () => {
    const listed = parseNamespaces(recorded('namespaces'));
    expect(listed.map(({ nprocs, command, nsid }) => [nprocs, command, nsid])).toEqual([
      [2, 'sh record.sh inside', -1],
      [1, 'sleep 600', 0],
      [1, 'tail -f /dev/null --pid 1', 1],
    ]);
    const inodes = listed.map(({ inode }) => inode);
    expect(inodes).toEqual(inodes.toSorted((a, b) => a - b));
    expect(listed[0]?.pid).toBe(1);
  });

  it('is asked for a list, as a tree hides the others below the first', () => {
    expect(recorded('namespaces').argv).toContain('-l');
    expect(parseNamespaces(recorded('namespaces-tree'))).toHaveLength(1);
  });

  it('refuses a list without any, as lsns itself is in one', () => {
    expect(() => parseNamespaces({ ...recorded('namespaces'), stdout: '{"namespaces": []}' })).toThrow(
      'not even its own',
    );
    expect(() => parseNamespaces({ ...recorded('namespaces'), stdout: '{}' })).toThrow('no namespaces');
  });

  it('reads numbers that other versions print as text', () => {
    const answer = recorded('namespaces');
    const texts = answer.stdout
      .replaceAll(/: ([0-9]+),/g, ': "$1",')
      .replace('"netnsid": "0"', '"netnsid": 0');
    expect(parseNamespaces({ ...answer, stdout: texts })).toEqual(parseNamespaces(answer));
  });
});

describe('the names of namespaces', () => {
  it('are read with the ids that this netns has for them', () => {
    expect([...parseNamedNetns(recorded('netns-list'))]).toEqual([
      ['empty', -1],
      ['pod-c', 2],
      ['pod-b', 1],
      ['pod-a', 0],
    ]);
    expect(parseNamedNetns(recorded('netns-list-in-pod')).get('pod-b')).toBe(1);
  });

  it('are not taken for none where `ip netns` printed nothing: it says so of a folder that it could not open, too', () => {
    expect(() => parseNamedNetns(recorded('netns-list-none'))).toThrow('printed nothing');
  });

  it('are those of files that `ip netns` keeps', () => {
    expect(netnsName('/run/netns/cni-1')).toBe('cni-1');
    expect(netnsName('/var/run/netns/cni-1')).toBe('cni-1');
    for (const path of ['/proc/7/ns/net', '/run/netns/', '/run/netns/a/b', '/srv/run/netns/a', '']) {
      expect(netnsName(path)).toBeUndefined();
    }
  });
});

describe('the inode of a netns', () => {
  const own = parseIdentity(recorded('identity'));

  it('is the one of the file that keeps it', () => {
    expect(parseNetnsInode(own)(recorded('identity'))).toBe(own.inode);
  });

  it('is not the one of what is left of the file', () => {
    expect(() => parseNetnsInode(own)(recorded('identity-leftover'))).toThrow('no namespace (any more)');
  });

  it('is not known of a file that is gone or may not be looked at', () => {
    expect(() => parseNetnsInode(own)(recorded('identity-gone'))).toThrow('No such file or directory');
    expect(() => parseNetnsInode(own)(recorded('identity-not-permitted'))).toThrow('Permission denied');
  });
});

describe('ethtool and uname', () => {
  it('tell the peer by the driver’s statistics, from either end', () => {
    expect(parsePeerIfindex(recorded('stats-veth'))).toBe(3);
    expect(parsePeerIfindex(recorded('stats-veth-node'))).toBe(2);
  });

  it('tell none of a link of another kind, or of none', () => {
    expect(() => parsePeerIfindex(recorded('stats-bridge'))).toThrow();
    expect(() => parsePeerIfindex(recorded('stats-no-device'))).toThrow('No such device');
  });

  it('read no number of which a digit may be missing', () => {
    const answer = recorded('stats-veth');
    const stdout = 'NIC statistics:\n     peer_ifindex: 31';
    expect(() => parsePeerIfindex({ ...answer, stdout })).toThrow('no peer_ifindex');
    expect(parsePeerIfindex({ ...answer, stdout: `${stdout}\n` })).toBe(31);
  });

  it('name the kernel', () => {
    expect(recorded('kernel').stdout).toBe(`${parseKernel(recorded('kernel'))}\n`);
  });
});
