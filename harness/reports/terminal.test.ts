import { describe, expect, it } from '@jest/globals';
import { failure } from '../domain/testing/failure.js';
import type { Report } from '../domain/report.js';
import { allHolds, everyVerdict } from './golden/every-verdict.js';
import { noCluster } from './golden/no-cluster.js';
import { displayWidth } from './layout.js';
import { renderTerminal, type TerminalStyle } from './terminal.js';

const plain: TerminalStyle = { columns: 100, colour: false, detail: 'normal' };
const lines = (report: Report, style: Partial<TerminalStyle> = {}): readonly string[] =>
  renderTerminal(report, { ...plain, ...style }).split('\n');

describe('renderTerminal', () => {
  it('gives a line for each scenario where all holds', () => {
    expect(lines(allHolds).slice(1)).toEqual([
      'node',
      '',
      'HOLDS  shared-namespace  1 holds · 1 control · 0.41 s',
      'HOLDS  again             1 holds · 1 control · 0.41 s',
      '',
      '2 expectations in 2 scenarios: 2 hold · 0.82 s',
      '',
    ]);
  });

  it('shows only what does not hold, unless it is told to show all', () => {
    const shown = (detail: TerminalStyle['detail']) =>
      lines(everyVerdict, { detail }).flatMap((line) => /^ {2}([a-z-]+) [A-Z]{3}/.exec(line)?.[1] ?? []);
    expect(shown('normal')).toEqual(['veth-pair', 'output', 'mtu', 'same-peer']);
    expect(shown('verbose')).toEqual(
      everyVerdict.scenarios.flatMap(({ expectations }) => expectations.map(({ id }) => id)),
    );
  });

  it('marks what no control refutes, also where it holds', () => {
    const text = lines(everyVerdict).join('\n');
    expect(text).toContain('2 hold · uncontrolled: localhost');
    expect(text).toContain('output REFUTED (uncontrolled)');
    expect(text).toContain('2 uncontrolled');
  });

  it('says the same without colour as with it', () => {
    const coloured = lines(everyVerdict, { colour: true, detail: 'verbose' }).join('\n');
    expect(coloured).toContain('\u001b[31mREFUTED\u001b[39m');
    // eslint-disable-next-line no-control-regex
    expect(coloured.replaceAll(/\u001b\[[0-9]+m/g, '')).toBe(
      lines(everyVerdict, { detail: 'verbose' }).join('\n'),
    );
  });

  it('lets nothing through that a terminal would obey', () => {
    expect(lines(everyVerdict, { detail: 'verbose' }).join('')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u00a0]/u);
  });

  it.each([1, 24, 30, 44, 60, 80, 100, 180])(
    'keeps to %i columns, but for what is to be pasted',
    (columns) => {
      const tooLong = lines(everyVerdict, { columns, detail: 'verbose' })
        .filter((line) => !line.startsWith('    replay: '))
        .filter((line) => displayWidth(line) > Math.max(24, columns));
      expect(tooLong).toEqual([]);
      const replays = lines(everyVerdict, { columns }).filter((line) => line.startsWith('    replay: '));
      expect(replays).toHaveLength(4);
    },
  );

  it('leaves no blanks at the end of a line', () => {
    for (const columns of [24, 44, 100]) {
      expect(lines(everyVerdict, { columns, detail: 'verbose' }).filter((line) => /\s$/.test(line))).toEqual(
        [],
      );
    }
  });

  it('shows failed clean-up even where all holds, and a wait in vain only where something does not', () => {
    const [scenario] = allHolds.scenarios;
    if (scenario === undefined) throw new Error('no scenario');
    const wait = { until: 'x', message: 'not true within 1 s', values: [] };
    const cleanup = [
      failure('cluster/cleanup', 'pod web is still there', { evidence: ['last seen Running'] }),
    ];
    const report = { ...allHolds, scenarios: [{ ...scenario, cleanup, unmetWaits: [wait] }] };
    expect(lines(report).slice(3, 7)).toEqual([
      'HOLDS  shared-namespace  1 holds · 1 control · 0.41 s',
      '  cluster/cleanup: pod web is still there',
      '    last seen Running',
      `    → ${cleanup[0]?.remedy}`,
    ]);
    expect(lines(report, { detail: 'verbose' })).toContain('  wait x: not true within 1 s');
  });

  it('tells once what kept all scenarios from being run', () => {
    for (const detail of ['quiet', 'normal'] as const) {
      const text = lines(noCluster, { detail }).join('\n');
      expect(
        text.match(/nothing was run, cluster\/no-node: a node could not be made\n[^]*→ be root/g),
      ).toHaveLength(1);
      expect(text.match(/could not be made/g)).toHaveLength(1);
      expect(text.match(/^UNKNOWN /gm)).toHaveLength(noCluster.scenarios.length);
    }
  });

  it('has one line for a scenario that does not apply, however long the reason', () => {
    const scenarios = everyVerdict.scenarios.slice(-1).map((scenario) => ({
      ...scenario,
      expectations: scenario.expectations.map((one) => ({ ...one, because: 'needs '.repeat(40) })),
    }));
    const shown = lines({ ...everyVerdict, scenarios }).filter((line) => line.includes('needs'));
    expect(shown).toEqual([expect.stringMatching(/^NOT APPLICABLE {2}service-address {2}needs needs .*…$/)]);
    const verbose = lines({ ...everyVerdict, scenarios }, { detail: 'verbose' });
    expect(verbose.filter((line) => line.includes('needs')).length).toBeGreaterThan(3);
  });

  it('is quiet of what holds or does not apply', () => {
    const heads = lines(everyVerdict, { detail: 'quiet' }).flatMap(
      (line) => /^[A-Z]{3}\S*/.exec(line)?.[0] ?? [],
    );
    expect(heads).toEqual(['REFUTED', 'UNKNOWN']);
    expect(lines(allHolds, { detail: 'quiet' })).toEqual([
      '2 expectations in 2 scenarios: 2 hold · 0.82 s',
      '',
    ]);
  });

  it('has a last line for a run of nothing', () => {
    expect(lines({ ...allHolds, scenarios: [] }).slice(3)).toEqual([
      '0 expectations in 0 scenarios · 0.82 s',
      '',
    ]);
  });
});
