import { describe, expect, it } from '@jest/globals';
import type { Report } from '../domain/report.js';
import { allHolds, everyVerdict } from './golden/every-verdict.js';
import { displayWidth } from './layout.js';
import { renderTerminal } from './terminal.js';

const plain = { columns: 100, colour: false, verbose: false };
const lines = (report: Report, style: Partial<typeof plain> = {}): readonly string[] =>
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
    const shown = (verbose: boolean) =>
      lines(everyVerdict, { verbose }).flatMap((line) => /^ {2}([a-z-]+) [A-Z]{3}/.exec(line)?.[1] ?? []);
    expect(shown(false)).toEqual(['veth-pair', 'output', 'mtu', 'same-peer']);
    expect(shown(true)).toEqual(
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
    const coloured = lines(everyVerdict, { colour: true, verbose: true }).join('\n');
    expect(coloured).toContain('\u001b[31mREFUTED\u001b[39m');
    // eslint-disable-next-line no-control-regex
    expect(coloured.replaceAll(/\u001b\[[0-9]+m/g, '')).toBe(
      lines(everyVerdict, { verbose: true }).join('\n'),
    );
  });

  it('lets nothing through that a terminal would obey', () => {
    expect(lines(everyVerdict, { verbose: true }).join('')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u00a0]/u);
  });

  it.each([1, 24, 30, 44, 60, 80, 100, 180])(
    'keeps to %i columns, but for what is to be pasted',
    (columns) => {
      const tooLong = lines(everyVerdict, { columns, verbose: true })
        .filter((line) => !line.startsWith('    replay: '))
        .filter((line) => displayWidth(line) > Math.max(24, columns));
      expect(tooLong).toEqual([]);
      const replays = lines(everyVerdict, { columns }).filter((line) => line.startsWith('    replay: '));
      expect(replays).toHaveLength(4);
    },
  );

  it('leaves no blanks at the end of a line', () => {
    for (const columns of [24, 44, 100]) {
      expect(lines(everyVerdict, { columns, verbose: true }).filter((line) => /\s$/.test(line))).toEqual([]);
    }
  });

  it('shows trouble even where all holds, and a wait in vain only where something does not', () => {
    const [scenario] = allHolds.scenarios;
    if (scenario === undefined) throw new Error('no scenario');
    const wait = { until: 'x', message: 'not true within 1 s', values: [] };
    const trouble = { code: 'world/not-removed', message: 'pod web is still there\nlast seen Running' };
    const report = { ...allHolds, scenarios: [{ ...scenario, trouble, unmetWaits: [wait] }] };
    expect(lines(report).slice(3, 6)).toEqual([
      'HOLDS  shared-namespace  1 holds · 1 control · 0.41 s',
      '  world/not-removed: pod web is still there',
      '    last seen Running',
    ]);
    expect(lines(report, { verbose: true })).toContain('  wait x: not true within 1 s');
  });

  it('has a last line for a run of nothing', () => {
    expect(lines({ ...allHolds, scenarios: [] }).slice(3)).toEqual([
      '0 expectations in 0 scenarios · 0.82 s',
      '',
    ]);
  });
});
