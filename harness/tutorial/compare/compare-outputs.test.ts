import { describe, expect, it } from '@jest/globals';
import { bindings } from './bindings.js';
import { compareOutputs } from './compare-outputs.js';

const lines = (text: string) =>
  text
    .replace(/^\n/, '')
    .replace(/\n\s*$/, '')
    .split('\n');
const compare = (documented: string, printed: string, known = bindings(), command: readonly string[] = []) =>
  compareOutputs(lines(documented), printed, known, command);
const shown = (documented: string, printed: string, known = bindings()) =>
  compare(documented, printed, known).difference.map(
    ({ in: where, line, text }) => `${where} ${line ?? ''} ${text}`,
  );

const documented = `
2: eth0@if7: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000
    link/ether 4e:2a:11:22:33:44 brd ff:ff:ff:ff:ff:ff link-netnsid 0
    inet 10.244.0.5/24 brd 10.244.0.255 scope global eth0
       valid_lft forever preferred_lft forever
`;
const elsewhere = documented
  .replace('2: eth0@if7', '3: eth0@if12')
  .replace('4e:2a:11:22:33:44', '0a:58:0a:f4:00:02')
  .replaceAll('10.244.0.', '10.88.0.')
  .replace('10.88.0.5', '10.88.0.17');

describe('what is the same', () => {
  it('is what differs in addresses, MACs and indexes alone', () => {
    const { same, bindings: bound } = compare(documented, elsewhere);
    expect(same).toBe(true);
    expect(bound.actualOf('ip', '10.244.0.5')).toBe('10.88.0.17');
    expect(bound.actualOf('mac', '4e:2a:11:22:33:44')).toBe('0a:58:0a:f4:00:02');
    expect(bound.pairs).toContainEqual({ kind: 'cable', documented: '2/7', actual: '12/3' });
  });

  it.each([
    ['inodes', 'net:[4026532281]', 'net:[4026533001]'],
    [
      'names with random parts',
      'veth1a2b3c4d  nginx-7854ff8877-abcde',
      'vethff00aa11 nginx-5d59d67564-x7k2p',
    ],
    [
      'ages',
      'NAME READY STATUS RESTARTS AGE\nweb  1/1  Running  0  5m23s',
      'NAME  READY  STATUS  RESTARTS  AGE\nweb   1/1    Running   0    2s',
    ],
    [
      'times',
      'Fri, 27 Sep 2024 11:00:00 GMT 10:01:02 2024-09-27T11:00:00Z',
      'Wed, 25 Nov 2026 18:00:00 GMT 18:00:01 2026-11-25T18:00:00.123Z',
    ],
    [
      'round trips',
      '64 bytes from 10.0.0.1: icmp_seq=1 ttl=64 time=0.045 ms',
      '64 bytes from 10.1.0.9: icmp_seq=1 ttl=64 time=1.2 ms',
    ],
    ['IPv6 addresses', 'inet6 fe80::1c2a:fff:fe00:1/64 scope link', 'inet6 fe80::a/64 scope link'],
    ['identifiers', 'b1946ac92492d2347c6235b4d2611184 /pause', '591785b794601e212b260e25925636fd /pause'],
    ['blanks', 'a   b\n\tc', ' a b\nc\n\n'],
    ['process ids in a table', '  PID COMMAND\n 4711 nginx', '    PID COMMAND\n     12 nginx'],
    ['nodes in a table', 'NAME NODE\nweb node-1\nold <none>', 'NAME NODE\nweb kind-worker\nold <none>'],
    ['process ids in paths', 'ls /proc/4711/ns', 'ls /proc/99/ns'],
  ])('%s', (_, before, now) => {
    expect(compare(before, now)).toMatchObject({ same: true, difference: [] });
  });

  it('knows the columns of a command whose headings went with a grep', () => {
    const one = '4026532281 net 2 4711 65535 /pause';
    const other = '4026533001 net 2 815 65535 /pause';
    expect(compare(one, other, bindings(), ['lsns', '-t', 'net']).bindings.actualOf('pid', '4711')).toBe(
      '815',
    );
    expect(compare(one, other).same).toBe(false);
  });

  it('is anything in the place of an elision', () => {
    expect(compare('a\n...\nz', 'a\nz').same).toBe(true);
    expect(compare('a\n...\nz', 'a\nz\nb\nz').same).toBe(true);
    expect(compare('…\nb …', 'x\nb and more').same).toBe(true);
    expect(compare('a\n...\nz', 'a\nb').same).toBe(false);
  });
});

describe('the indexes of links', () => {
  it('are those of a namespace each: one number may be many, and many may be one', () => {
    const here = '1: lo: <UP>\n2: eth0: <UP>\n3: red-end@if3: <UP>\n2: eth0@if6: <UP>';
    const there = '1: lo: <UP>\n9: eth0: <UP>\n2: red-end@if2: <UP>\n2: eth0@if3: <UP>';
    expect(compare(here, there).same).toBe(true);
    expect(compare(there, here).same).toBe(true);
  });

  it('make cables, which are the same from either end', () => {
    const known = compare('2: eth0@if6: <UP>', '2: eth0@if31: <UP>').bindings;
    expect(compare('6: veth1a2b3c4d@if2: <UP>', '31: veth0a0b0c0d@if2: <UP>', known).same).toBe(true);
    expect(compare('6: veth1a2b3c4d@if2: <UP>', '32: veth0a0b0c0d@if2: <UP>', known)).toMatchObject({
      same: false,
      conflicts: ['the cable 2/6 was 2/31 above, and is 2/32 here'],
    });
  });
});

describe('what is not the same', () => {
  it('is shown with the lines of the document, and numbers in the place of addresses', () => {
    expect(shown(documented, elsewhere.replace('mtu 1500', 'mtu 1450'))).toEqual([
      'document 0 <ifindex>: eth0@if<ifindex>: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000',
      'output  <ifindex>: eth0@if<ifindex>: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc noqueue state UP group default qlen 1000',
      'both 1 link/ether <mac 1> brd ff:ff:ff:ff:ff:ff link-netnsid <nsid>',
      'both 2 inet <ip 1>/24 brd <ip 2> scope global eth0',
      'both 3 valid_lft forever preferred_lft forever',
    ]);
  });

  it.each([
    ['a number that is none of these', 'mtu 1500', 'mtu 1450'],
    ['a prefix length', '10.0.0.1/24', '10.0.0.1/16'],
    ['a MAC that is the same everywhere', '00:00:00:00:00:00', '02:00:00:00:00:01'],
    ['a loopback address', '127.0.0.1', '10.0.0.1'],
    ['a name', 'cali0', 'veth0'],
    ['one node that is two', 'NAME NODE\na node-1\nb node-1', 'NAME NODE\na node-1\nb node-2'],
    ['a node that there is none of', 'NAME NODE\na node-1', 'NAME NODE\na <none>'],
    ['a line that is missing', 'a\nb', 'a'],
    ['a line more', 'a', 'a\nb'],
    ['nothing', 'a', ''],
  ])('%s', (_, before, now) => {
    expect(compare(before, now).same).toBe(false);
  });

  it('is one address that is two, and two that are one', () => {
    const one = compare('10.0.0.1 10.0.0.1', '10.0.0.5 10.0.0.6');
    expect(one).toMatchObject({
      same: false,
      conflicts: ['10.0.0.1 was 10.0.0.5 above, and is 10.0.0.6 here'],
      difference: [
        { in: 'document', text: '<ip 1> <ip 1>' },
        { in: 'output', text: '<ip 1> <ip ? 10.0.0.6>' },
      ],
    });
    expect(compare('10.0.0.1 10.0.0.2', '10.0.0.5 10.0.0.5').conflicts).toEqual([
      '10.0.0.2 and 10.0.0.1 are one here: 10.0.0.5',
    ]);
  });

  it('is an address that an output above had for another one', () => {
    const known = compare('inet 10.0.0.1', 'inet 10.0.0.5').bindings;
    expect(compare('via 10.0.0.1', 'via 10.0.0.5', known).same).toBe(true);
    expect(compare('via 10.0.0.1', 'via 10.0.0.6', known).same).toBe(false);
    expect(compare('via 10.0.0.2', 'via 10.0.0.5', known).same).toBe(false);
  });
});
