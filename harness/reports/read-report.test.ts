import { describe, expect, it } from '@jest/globals';
import { NetclaimsError } from '../domain/error.js';
import { everyVerdict } from './golden/every-verdict.js';
import { renderJson } from './json.js';
import { readReport } from './read-report.js';

const good = renderJson(everyVerdict);

/** The evidence of the refusal, the file's name left out. */
const refusal = (text: string): readonly string[] => {
  try {
    readReport(text, 'r.json');
  } catch (error) {
    expect(error).toBeInstanceOf(NetclaimsError);
    expect(error).toMatchObject({ code: 'usage/bad-report', message: 'r.json is no netclaims report' });
    return (error as NetclaimsError).evidence.map((line) => line.replace(/^r\.json:/, ''));
  }
  throw new Error('it was read');
};

/** The place of a piece of the good report, as errors name it. */
const placeOf = (piece: string): string => {
  const lines = good.slice(0, good.indexOf(piece)).split('\n');
  return `${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
};

describe('readReport', () => {
  it('reads what the JSON report wrote', () => {
    expect(readReport(good, 'r.json')).toEqual(everyVerdict);
  });

  it('reads reports of older versions, which had a failure as one text', () => {
    const message = 'observe after: gone\n  its log\n  more\n→ run again';
    const older = (_: string, value: unknown): unknown => {
      if (value === null || typeof value !== 'object' || !('failure' in value)) return value;
      const { failure, ...others } = value as { readonly failure: { readonly code: string } | null };
      return { ...others, trouble: failure && { code: failure.code, message } };
    };
    const text = JSON.stringify(JSON.parse(good), older);
    expect(text).not.toContain('"failure":');
    expect(readReport(text, 'r.json').scenarios.flatMap(({ failure }) => failure ?? [])).toEqual([
      {
        ...{ code: 'cluster/ground-lost', what: 'observe after: gone', where: '' },
        ...{ evidence: ['its log', 'more'], remedy: 'run again' },
      },
    ]);
  });

  it('says where a text is no JSON', () => {
    expect(refusal('')).toEqual(['1:1 ends where a value must follow']);
    expect(refusal(good.slice(0, 40))).toEqual(['3:3 ends where a key in double quotes must follow']);
    expect(refusal('netclaims 0.1.0')).toEqual(['1:1 must be a value']);
  });

  it('refuses what nests deeper than any report, before anything goes down there', () => {
    expect(refusal('[\n'.repeat(1_000_000))).toEqual(['201:1 must not nest deeper than 200 levels']);
    expect(refusal(good.replace('"kind": "Report"', `"kind": "${'['.repeat(300)}\\\\"`))).toEqual([
      expect.stringContaining('must be "Report"'),
    ]);
  });

  it('names every mistake at its place', () => {
    const text = good
      .replace('"kind": "Report"', '"kind": "Retort"')
      .replace('"durationMs": 63146', '"durationMs": 631.5')
      .replace('"verdict": "holds"', '"verdict": "passes"')
      .replace('"inode": 4026532501', '"inode": "4026532501"');
    expect(refusal(text)).toEqual([
      `3:11 must be "Report"`,
      `8:17 must be integer`,
      `${placeOf('"holds",\n      "durationMs')} must be one of: holds, refuted, vacuous, unknown, not-applicable`,
      `${placeOf('4026532501,\n')} must be integer`,
    ]);
  });

  it('names what is missing and what is too much', () => {
    const text = good.replace('"node": "worker-1",', '"knot": "worker-1",');
    const place = placeOf('"node": "worker-1",');
    expect(refusal(text)).toEqual([
      expect.stringMatching(/ must have "node"$/),
      `${place} must not have "knot"`,
    ]);
    expect(refusal('[]')).toEqual(['1:1 must be object']);
    expect(refusal('null')).toEqual(['1:1 must be object']);
  });

  it('tells the two readings of a fact apart', () => {
    const unread = '"$unreadable": "`ip` is not installed on node worker-1"';
    expect(refusal(good.replace(unread, '"$unreadable": 5'))).toEqual([
      `${placeOf('"`ip` is not')} must be string`,
    ]);
    expect(refusal(good.replace(unread, `${unread}, "more": 1`))).toHaveLength(1);
    expect(refusal(good.replace('"read": true', '"read": false'))).toEqual([
      expect.stringMatching(/must have "reason"$/),
      expect.stringMatching(/must have "replay"$/),
      expect.stringMatching(/must not stand beside the others here$/),
    ]);
  });

  it('shows the first of very many', () => {
    const evidence = refusal(good.replaceAll('"durationMs"', '"took"').replaceAll('"name"', '"called"'));
    expect(evidence).toHaveLength(21);
    expect(evidence.at(-1)).toMatch(/^and \d+ more$/);
  });
});
