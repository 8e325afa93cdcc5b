import { describe, expect, it } from '@jest/globals';
import { dnsConfigOf, parseResolvConf } from './dns-config.js';
import { readPod } from './pod-manifest.js';
import { podOf } from './test-manifest.js';

const node = { servers: ['192.0.2.53'], searches: ['a.example'], options: ['ndots:1'] };
const spec = (dnsPolicy: string, dnsConfig?: string) =>
  readPod(podOf('p', `{containers: [], dnsPolicy: ${dnsPolicy}, dnsConfig: ${dnsConfig ?? 'null'}}`)).spec;

describe('dnsConfigOf', () => {
  it("leaves the node's own as it is when nothing is added", () => {
    for (const policy of ['Default', 'ClusterFirst', 'ClusterFirstWithHostNet']) {
      expect(dnsConfigOf(spec(policy), node)).toBeUndefined();
    }
  });

  it('adds to it, or takes its place under the policy None', () => {
    const added =
      '{nameservers: [192.0.2.53, 192.0.2.54], options: [{name: ndots, value: "5"}, {name: rotate}]}';
    expect(dnsConfigOf(spec('Default', added), node)).toEqual({
      servers: ['192.0.2.53', '192.0.2.54'],
      searches: ['a.example'],
      options: ['ndots:5', 'rotate'],
    });
    expect(dnsConfigOf(spec('None', added), node)).toEqual({
      servers: ['192.0.2.53', '192.0.2.54'],
      searches: [],
      options: ['ndots:5', 'rotate'],
    });
  });
});

describe('parseResolvConf', () => {
  it('reads what resolv.conf(5) has', () => {
    const content =
      '# written by hand\nsearch old.example\nnameserver 192.0.2.1\n nameserver fd00::1\nsearch a.example b.example\noptions ndots:2 rotate\n';
    expect(parseResolvConf(content)).toEqual({
      servers: ['192.0.2.1', 'fd00::1'],
      searches: ['a.example', 'b.example'],
      options: ['ndots:2', 'rotate'],
    });
    expect(parseResolvConf('')).toEqual({ servers: [], searches: [], options: [] });
  });
});
