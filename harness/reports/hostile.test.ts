import { describe, expect, it } from '@jest/globals';
import type { FailureCode } from '../domain/failure-codes.js';
import type { Failure } from '../domain/failure.js';
import type { ExpectationReport, Report, ScenarioReport } from '../domain/report.js';
import { everyVerdict } from './golden/every-verdict.js';
import { evidence, observation } from './golden/facts.js';
import { parseXml } from './golden/parse-xml.js';
import { reportFormats, type ReportFormat } from './index.js';

/** A report that is nothing but this text, wherever a text can be. */
const reportOf = (text: string): Report => {
  const expectation = (verdict: ExpectationReport['verdict']): ExpectationReport => ({
    ...{ id: text, says: text, that: text, verdict, because: text, uncontrolled: true },
    values: [{ expression: text, value: text }],
    replay: [text],
    controls: [{ name: text, verdict: 'unknown', because: text }],
  });
  const seen = {
    ...observation,
    name: text,
    evidence: [{ ...evidence, node: text, argv: [text], replay: text, stdout: text, stderr: text }],
    pods: Object.fromEntries(Object.values(observation.pods).map((pod) => [text, { ...pod, name: text }])),
  };
  const world = {
    let: { [text]: text },
    observations: { [text]: seen },
    probes: { [text]: { name: text, read: false as const, reason: text, replay: text } },
    unmetWaits: [{ until: text, message: text, values: [{ expression: text, value: text }] }],
    failure: { code: text as FailureCode, what: text, where: text, evidence: [text], remedy: text },
    diagnosis: { folder: text, files: [text], notes: [text] },
  };
  const scenario: ScenarioReport = {
    ...world,
    ...{ name: text, file: text, claim: text, labels: { [text]: text }, verdict: 'refuted', durationMs: 1 },
    source: { document: text, section: text },
    expectations: (['holds', 'refuted', 'vacuous', 'unknown', 'not-applicable'] as const).map(expectation),
    controls: [{ ...world, name: text, refutes: [text] }],
  };
  const cluster = { provider: text, cni: text, kubernetes: text, runtime: text, kernel: text, nodes: [text] };
  return { ...everyVerdict, startedAt: text, cluster, scenarios: [scenario] };
};

/** The same text in what a probe or a container can fill. */
const reportWith = (text: string): Report => {
  const [scenario, ...others] = reportOf('x').scenarios;
  if (scenario === undefined) throw new Error('no scenario');
  const [, refuted] = scenario.expectations;
  if (refuted === undefined) throw new Error('no expectation');
  const expectation = { ...refuted, because: text, values: [{ expression: 'x', value: text }] };
  const failure: Failure = { code: 'pod/failed', what: text, where: text, evidence: [text], remedy: text };
  return { ...everyVerdict, scenarios: [{ ...scenario, expectations: [expectation], failure }, ...others] };
};

const formats = Object.keys(reportFormats) as ReportFormat[];
const render = async (format: ReportFormat, text: string): Promise<string> =>
  reportFormats[format](reportOf(text));

const nasty: Readonly<Record<string, string>> = {
  markup: '</title></script><script>alert(1)</script><img src=x onerror=alert(1)>" onload="x" \' x=\'',
  'the ends of sections': ']]> --> *​/ ``` ~~~ ... ---',
  'escapes of a terminal': '\u001b[2J\u009b31m\u0007\u202e\r\u0000',
  'commands for a CI system': '\n::error::x\n  ::add-mask::y\n##[error]z\n::stop-commands::t',
  'a bail-out': 'x\nBail out!\nok 1\n1..1\n# SKIP',
  'bytes that are no UTF-8': `${Buffer.from([0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80]).toString('utf8')}\ud83d`,
};

/** What harm would look like in a format; in all of them a control character, a change of direction, half a character. */
const commands = String.raw`^\s*::(?:error|add-mask|stop-commands)\b|##\[`;
const harm: Readonly<Record<ReportFormat, RegExp>> = {
  json: /^\s*(?:::|##)/m,
  html: /<(?:img|iframe|object|link|base|a href="(?!#))|<script>(?!\n'use strict')/i,
  junit: new RegExp(`<(?:script|img)|${commands}`, 'im'),
  tap: new RegExp(`^\\s*(?:Bail|1\\.\\.1$)|${commands}`, 'im'),
  markdown: new RegExp(`^(?!\`)[^\`]*(?<!\\\\)<(?!!-- -->)|${commands}`, 'm'),
  github: /^(?!::(?:error|warning) )|##\[/m,
  terminal: new RegExp(commands, 'm'),
};
const obeyed = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u;

describe.each(formats)('the format %s', (format) => {
  it.each(Object.entries(nasty))('shows %s harmless', async (_, text) => {
    const rendered = (await render(format, text)).trimEnd();
    expect(obeyed.exec(rendered)).toBeNull();
    expect(harm[format].exec(outsideCode(format, rendered))).toBeNull();
    if (format === 'junit') expect(() => parseXml(rendered)).not.toThrow();
    if (format === 'json') expect(JSON.parse(rendered)).toMatchObject({ startedAt: text });
  });

  it('cuts a line of 10 MB, and says so, but in JSON', async () => {
    // What grows with the square of a text takes hours.
    const began = performance.now();
    const long = 'x::error::<b>&'.repeat(750_000);
    const rendered = await reportFormats[format](reportWith(long));
    expect(performance.now() - began).toBeLessThan(20_000);
    if (format === 'json') expect(rendered.length).toBeGreaterThan(10_000_000);
    else {
      expect(rendered.length).toBeLessThan(3_000_000);
      expect(rendered).toContain('more characters');
    }
  });
});

/** A block of code shows what is in it as it is, down to a fence at least as long as the one that it began with. */
const outsideCode = (format: ReportFormat, text: string): string => {
  if (format !== 'markdown') return text;
  let fence = '';
  return text
    .split('\n')
    .filter((line) => {
      const [ticks] = /^`{3,}/.exec(line) ?? [];
      if (fence === '') {
        fence = ticks ?? '';
        return ticks === undefined;
      }
      if (ticks !== undefined && line === ticks && ticks.length >= fence.length) fence = '';
      return false;
    })
    .join('\n')
    .replaceAll(/(`+)[^`](?:.*?[^`])?\1(?!`)/g, '');
};
