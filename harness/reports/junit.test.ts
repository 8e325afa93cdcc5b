import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { validateXML } from 'xmllint-wasm';
import { allHolds, everyVerdict } from './golden/every-verdict.js';
import { parseXml, type ParsedElement } from './golden/parse-xml.js';
import { renderJunit } from './junit.js';

const root = parseXml(await renderJunit(everyVerdict));
const named = (parent: ParsedElement | undefined, name: string) =>
  (parent?.children ?? []).filter((child) => child.name === name);
const suites = named(root, 'testsuite');
const cases = suites.flatMap((suite) => named(suite, 'testcase'));
const caseOf = (id: string) => cases.find(({ attributes }) => attributes.name === id);

const schema = await readFile(new URL('golden/junit.xsd', import.meta.url), 'utf8');
const schemaErrors = async (xml: string) =>
  (await validateXML({ xml, schema })).errors.map(({ message }) => message);

describe('renderJunit', () => {
  it('is valid by its XSD, which refuses what is not', async () => {
    const xml = await renderJunit(everyVerdict);
    expect(await schemaErrors(xml)).toEqual([]);
    expect(await schemaErrors(await renderJunit({ ...everyVerdict, scenarios: [] }))).toEqual([]);
    for (const [right, wrong] of [
      [' skipped="2"', ''],
      ['<testcase ', '<testcase flaky="1" '],
      ['</failure>', '</failure><error message="" type=""/>'],
      ['time="0.412"', 'time="0.4 s"'],
    ] as const) {
      expect(await schemaErrors(xml.replace(right, wrong))).not.toEqual([]);
    }
  });

  it('has a suite for each scenario and a case for each expectation, counted', () => {
    expect(root.attributes).toEqual({
      name: 'netclaims',
      tests: '9',
      failures: '3',
      errors: '1',
      skipped: '2',
      time: '63.146',
    });
    expect(suites.map(({ attributes }) => attributes.name)).toEqual(
      everyVerdict.scenarios.map(({ name }) => name),
    );
    expect(caseOf('veth-pair')?.attributes).toMatchObject({ classname: 'veth-presence', time: '0.411' });
  });

  it('counts in each suite what lies in it', () => {
    for (const suite of suites) {
      const inside = named(suite, 'testcase');
      const count = (kind: string) => String(inside.filter((one) => named(one, kind).length > 0).length);
      expect(suite.attributes).toMatchObject({
        tests: String(inside.length),
        failures: count('failure'),
        errors: count('error'),
        skipped: count('skipped'),
      });
      const time = inside.reduce((sum, { attributes }) => sum + Number(attributes.time), 0);
      expect(time).toBeCloseTo(Number(suite.attributes.time), 9);
    }
  });

  it('tells what is wrong with the claim from what could not be seen', () => {
    const kinds = cases.map((one) => [
      one.attributes.name,
      one.children.map(({ name }) => name).filter((name) => name !== 'system-out' && name !== 'properties'),
    ]);
    expect(kinds).toEqual([
      ['same-netns', []],
      ['localhost', []],
      ['veth-pair', ['failure']],
      ['output', ['failure']],
      ['mtu', ['failure']],
      ['same-peer', ['error']],
      ['other-process', []],
      ['no-link', ['skipped']],
      ['answers', ['skipped']],
    ]);
    expect(named(caseOf('mtu'), 'failure')[0]?.attributes.type).toBe('vacuous');
    expect(named(caseOf('no-link'), 'skipped')[0]?.attributes.message).toMatch(/^needs services/);
  });

  it('shows the reason, the values and how to see it again', () => {
    expect(named(caseOf('veth-pair'), 'failure')[0]).toMatchObject({
      attributes: {
        message: 'web.link.eth0.peer.where is "same-netns", which is not "node"',
        type: 'refuted',
      },
      text: [
        'web.link.eth0.peer.where is "same-netns", which is not "node"',
        '  web.link.eth0.kind: "veth"',
        '  web.link.eth0.peer.where: "same-netns"',
        '  web.link.eth0.peer.where == "node": false',
        '  before.pods["日本"].ips: ["10.88.0.2", "fd00::2"]',
        'replay: nsenter --net=/run/netns/cni-1 ip -details -json address show',
        "replay: nsenter --mount=/run/netclaims/1/mnt sh -c 'ethtool -S eth0'",
      ].join('\n'),
    });
  });

  it('names the cluster, what has no control, and the failure', () => {
    const property = (parent: ParsedElement | undefined): unknown =>
      Object.fromEntries(
        named(named(parent, 'properties')[0], 'property').map(({ attributes }) => [
          attributes.name,
          attributes.value,
        ]),
      );
    expect(property(suites[1])).toMatchObject({
      cluster: 'containerd',
      cni: 'bridge',
      kubernetes: 'unknown (`kubectl` did not end within 5000 ms)',
      nodes: 'worker-1 worker-2',
    });
    expect(property(caseOf('localhost'))).toEqual({ uncontrolled: 'true' });
    expect(property(caseOf('same-netns'))).toEqual({});
    expect(named(suites[2], 'system-err')[0]?.text).toMatch(
      /^cluster\/ground-lost: .*: containerd ended with signal 9/,
    );
    expect(named(suites[1], 'system-err')[0]?.text).toMatch(/^wait pods\.web\.phase == "Running": not true/);
  });

  it('writes out what containers printed', () => {
    const [failure] = named(caseOf('output'), 'failure');
    expect(failure?.attributes.message).toContain(
      '"\\x1b[31mred\\x1b[0m\\x07 ]]> <b a="1">\'&amp; \\u202egnp',
    );
    expect(failure?.text).toContain('\\ud83d \\x00\\ufffe');
  });

  it('is short where all holds', async () => {
    expect(parseXml(await renderJunit(allHolds)).attributes).toMatchObject({
      tests: '2',
      failures: '0',
      errors: '0',
    });
    expect(parseXml(await renderJunit({ ...allHolds, scenarios: [] }))).toMatchObject({ children: [] });
  });
});
