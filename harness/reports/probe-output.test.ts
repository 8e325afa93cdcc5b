import { describe, expect, it } from '@jest/globals';
import { probe } from '../domain/testing/world.js';
import type { ScenarioReport } from '../domain/report.js';
import { allHolds } from './golden/every-verdict.js';
import { probeLines } from './probe-output.js';

const [scenario] = allHolds.scenarios;
const [control] = scenario?.controls ?? [];
if (scenario === undefined || control === undefined) throw new Error('the golden report is empty');
const withProbe = (result: ReturnType<typeof probe>): ScenarioReport => ({
  ...scenario,
  probes: { get: result },
  controls: [{ ...control, probes: { get: probe('get', 'other\n', 0) } }],
});
const read = { probesRead: [{ name: 'get' }] };

describe('probeLines', () => {
  it('says how a probe ended, and what it said of it', () => {
    const failed = withProbe(probe('get', 'a\n', 1, 'wget: refused\n'));
    expect(probeLines(read, failed)).toEqual([
      'probe get ended with exit code 1',
      '  stderr | wget: refused',
      '  stdout | a',
    ]);
    expect(probeLines(read, withProbe(probe('get', '', 139)))).toEqual([
      'probe get ended with exit code 139 and printed nothing',
    ]);
  });

  it('leaves out a standard output that is data, and all but the end of a long standard error', () => {
    const many = Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n');
    const lines = probeLines(read, withProbe(probe('get', many, 1, many)));
    expect(lines).toHaveLength(14);
    expect(lines[1]).toBe('  stderr | (28 more lines in the JSON report)');
    expect(lines.at(-1)).toBe('  stderr | line 39');
  });

  it('names the control that a probe ran in', () => {
    const inControl = { probesRead: [{ name: 'get', control: control.name }] };
    expect(probeLines(inControl, withProbe(probe('get', '')))).toEqual([
      `probe get in the control "${control.name}" ended with exit code 0`,
      '  stdout | other',
    ]);
  });

  it('is empty where no probe was read, or none of the name is in the report', () => {
    expect(probeLines({}, scenario)).toEqual([]);
    expect(probeLines({ probesRead: [{ name: 'toString' }] }, scenario)).toEqual([]);
  });
});
