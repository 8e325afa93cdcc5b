import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { asEvidence, describeError, NetclaimsError } from './error.js';
import { failureLines, failureOf } from './failure.js';
import { notEndedInTime } from './not-in-time.js';

/** What Node throws of work that was stopped for this reason. */
const stopped = async (reason?: unknown): Promise<unknown> => {
  const signal = AbortSignal.abort(reason);
  return sleep(1_000, undefined, { signal }).catch((error: unknown) => error);
};
const late = notEndedInTime('step/timeout', '', 10_000);

describe('failureOf', () => {
  it('keeps the parts of an error, and its place beside that of whoever reports it', () => {
    const error = new NetclaimsError({
      ...{ code: 'pod/exited', what: 'web exited with 1', where: 'pods.yaml:9:5', evidence: ['its log'] },
    });
    const failure = failureOf(error, 'apply Pod web');
    expect(failure).toMatchObject({ code: 'pod/exited', what: 'web exited with 1', evidence: ['its log'] });
    expect(failure.where).toBe('apply Pod web, pods.yaml:9:5');
    expect(failureLines(failure)).toEqual([
      'pod/exited: apply Pod web, pods.yaml:9:5: web exited with 1',
      '  its log',
      expect.stringMatching(/^→ read the container's log/),
    ]);
  });

  it('says why work was stopped, in the words of the reason', async () => {
    expect(failureOf(await stopped(late), '')).toMatchObject({
      code: 'step/timeout',
      what: 'did not end within 10 s',
    });
    expect(failureOf(await stopped(), '')).toMatchObject({ code: 'run/interrupted' });
    expect(asEvidence(await stopped(late))).toEqual(['step/timeout: did not end within 10 s']);
    expect(describeError(await stopped())).not.toMatch(/abort/i);
  });

  it('takes what the system refused for no bug of netclaims', () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    expect(failureOf(full, 'saving')).toMatchObject({ code: 'machine/refused', where: 'saving' });
  });

  it('keeps the stack of what nobody foresaw, and asks for a report', () => {
    const failure = failureOf(new TypeError('x is undefined'), 'observe now');
    expect(failure).toMatchObject({ code: 'harness/unexpected', what: 'x is undefined' });
    expect(failure.evidence[0]).toMatch(/^at .*failure\.test/);
    expect(failure.remedy).toContain('report the bug');
    expect(failureOf('a text', '')).toMatchObject({ what: 'a text', evidence: [] });
  });
});
