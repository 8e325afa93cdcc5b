import { describe, expect, it } from '@jest/globals';
import { outputText } from '../domain/output-text.js';
import { observation, pod, probe, worldOf, worldReport } from '../domain/testing/world.js';
import type { ProbeResult } from '../domain/observation.js';
import type { WorldReport } from '../domain/world-report.js';
import { judgeWorld } from './judge-world.js';

const judge = (that: string, world: WorldReport = worldOf({ web: pod() })) => {
  const { verdict, because } = judgeWorld({ world, expressions: [that] })(that);
  return { verdict, because };
};
const holds = { verdict: 'holds', because: '' };
const refuted = (because: string) => ({ verdict: 'refuted', because });

describe('values', () => {
  it.each([
    'pods.web.link.eth0.mtu - 50 == 1450',
    '(pods.web.link.eth0.mtu - 50) * 2 == 2900',
    'pods.web.name.contains("e") && pods.web.name.startsWith("w") && pods.web.name.endsWith("b")',
    'pods.web.name.matches("^w.b$") && size(pods.web.name) == 3 && pods.web.name.size() == 3',
    'pods.web.links.map(l, l.mtu) == [1500]',
    'pods.web.links.filter(l, l.kind == "veth").size() == 1',
    'pods.web.links.exists_one(l, l.name == "eth0")',
    'pods.web.hostNetwork ? false : pods.web.phase == "Running"',
    '"veth" in cluster.capabilities && nodes["worker-1"].kernel.startsWith("6.")',
    'pods.web.cni.result.interfaces[0].mtu - 50 == 1450',
    'pods.web.links == pods.web.links && pods.web.links != []',
    'pods.web.link.eth0 == pods.web.links[0]',
    'pods.web.link.eth0.addresses.exists(a, a.family == "inet" && a.address == pods.web.ips[0])',
    'pods.web.netns.inode == 4026532281',
  ])('%s holds', (that) => expect(judge(that)).toEqual(holds));

  it('are those of JSON as well: whole numbers are ints, others doubles', () => {
    const world = worldReport({
      probes: [probe('get', '{"i": 5, "d": 2.5, "n": null, "l": [], "b": true}')],
    });
    expect(
      judge(
        'probes.get.json.i - 1 == 4 && probes.get.json.d > 2.0 && probes.get.json.n == null && probes.get.json.l == [] && probes.get.json.b',
        world,
      ),
    ).toEqual(holds);
  });

  it('of an output that was cut are unknown, also in a negation: it may have been in what was dropped', () => {
    const { name, evidence } = probe('get', 'a\n[netclaims dropped 9 bytes here]\nz', 3) as ProbeResult & {
      read: true;
    };
    const cut = { name, read: true, evidence: { ...evidence, dropped: { stdout: 9, stderr: 0 } } } as const;
    const world = worldReport({ probes: [cut] });
    const because = 'probes.get.stdout is unknown: 9 bytes of it were dropped: let the command print less';
    for (const that of [
      '!probes.get.stdout.contains("x")',
      'probes.get.stdout.contains("a")',
      'probes.get.stdout != ""',
      'probes.get.exitCode == 3 && !probes.get.stdout.matches("x")',
    ])
      expect(judge(that, world)).toEqual({ verdict: 'unknown', because });
    expect(judge('!has(probes.get.json.x)', world).verdict).toBe('unknown');
    expect(judge('probes.get.exitCode == 3 && probes.get.stderr == ""', world)).toEqual(holds);
  });

  it('of an output that is not UTF-8 are its bytes, and its text is unknown', () => {
    const odd = (name: string, ...bytes: readonly number[]) =>
      probe(name, outputText(Uint8Array.from(bytes)), 0);
    const world = worldReport({ probes: [odd('a', 0x80, 0x81), odd('b', 0xfe, 0xff), odd('c', 0x80, 0x81)] });
    const because =
      'probes.a.stdout is unknown: it is not UTF-8, from byte 0 on: compare stdoutBytes or stderrBytes, which are base64';
    for (const that of ['probes.a.stdout == probes.b.stdout', 'probes.a.stdout != probes.b.stdout'])
      expect(judge(that, world)).toEqual({ verdict: 'unknown', because });
    expect(judge('probes.a.stdoutBytes == probes.c.stdoutBytes', world)).toEqual(holds);
    expect(judge('probes.a.stdoutBytes == probes.b.stdoutBytes', world).verdict).toBe('refuted');
    expect(judge('probes.a.stdoutBytes == "gIE=" && probes.a.stderrBytes == ""', world)).toEqual(holds);
    expect(
      judge('probes.text.stdoutBytes == "aGk="', worldReport({ probes: [probe('text', 'hi', 0)] })),
    ).toEqual(holds);
  });

  it('of a command that broke are unknown, also in a negation; its complaint can be read', () => {
    const { name, evidence } = probe('get', '', 139) as ProbeResult & { read: true };
    const broken = 'the command was ended by SIGSEGV (139)';
    const world = worldReport({ probes: [{ name, read: true, evidence, broken }] });
    for (const that of ['probes.get.exitCode != 0', 'probes.get.stdout == ""', '!has(probes.get.json.x)']) {
      const { verdict, because } = judge(that, world);
      expect(verdict).toBe('unknown');
      expect(because).toContain(broken);
    }
    expect(judge('probes.get.stderr == ""', world)).toEqual(holds);
    expect(
      judge('probes.get.exitCode != 0', worldReport({ probes: [{ name, read: true, evidence }] })),
    ).toEqual(holds);
  });

  it('keep odd names apart from what JavaScript has', () => {
    const odd = { constructor: pod(), toString: pod({ hostNetwork: true }), 'a.b': pod() };
    expect(
      judge('pods["toString"].hostNetwork && has(pods.constructor) && "a.b" in pods', worldOf(odd)),
    ).toEqual(holds);
    expect(judge('pods.valueOf.hostNetwork', worldOf(odd))).toEqual(
      refuted('pods has no entry "valueOf"; it has: constructor, toString, a.b'),
    );
    const proto = JSON.parse('{"__proto__": 1}') as Record<string, never>;
    expect(
      judge('pods.size() == 1', worldReport({ observations: [observation('now', { pods: proto })] })).verdict,
    ).toBe('unknown');
  });
});
