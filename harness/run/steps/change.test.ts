import { describe, expect, it } from '@jest/globals';
import { NetclaimsError } from '../../domain/error.js';
import { runSteps } from '../testing/run-plan.js';
import { pod } from '../testing/scenarios.js';

describe('apply, delete, restart', () => {
  it('are handed to the world in order', async () => {
    const { calls, report } = await runSteps([
      { kind: 'apply', manifests: [pod('more', 'c')] },
      { kind: 'restart', pod: 'web', container: 'nginx' },
      { kind: 'delete', targets: [{ kind: 'Pod', name: 'web' }] },
      { kind: 'observe', name: 'after' },
    ]);
    expect(calls).toEqual([
      'open ns',
      'apply ns web',
      'apply ns more',
      'restart ns web/nginx',
      'delete ns Pod web',
    ]);
    expect(Object.keys(report.observations.after?.pods ?? {})).toEqual(['more']);
  });

  it('end the world when they fail, with what the world said of it', async () => {
    const { report, calls } = await runSteps(
      [
        { kind: 'apply', manifests: [pod('more', 'c')] },
        { kind: 'observe', name: 'after' },
      ],
      {
        intercept: (call) => {
          if (call !== 'apply ns more') return Promise.resolve(undefined);
          throw new NetclaimsError({
            code: 'pod/not-ready',
            what: 'pod more exited',
            evidence: ['last line'],
          });
        },
      },
    );
    expect(calls.at(-1)).toBe('apply ns more');
    expect(report.failure).toEqual({
      code: 'pod/not-ready',
      what: 'pod more exited',
      where: 'a.yaml:9:5 apply Pod more',
      evidence: ['last line'],
      remedy: expect.any(String),
    });
  });
});
