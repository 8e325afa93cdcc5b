import { describe, expect, it } from '@jest/globals';
import { unreadable } from '../domain/fact-types.js';
import { container, observation, pod, worldReport } from '../domain/testing/world.js';
import { judgeCondition } from './judge-condition.js';

const seen = (pods: Parameters<typeof observation>[1]) => observation('now', pods);
const entries = { app: 'pods.web.containers.app' };
const earlier = worldReport({ let: entries, observations: [observation('before')] });
const until = 'app.restarts > before.app.restarts && app.state == "running"';

describe('judgeCondition', () => {
  it('is met by the fresh facts', () => {
    const fresh = seen({ pods: { web: pod({ containers: { app: container({ restarts: 1 }) } }) } });
    expect(judgeCondition(until, earlier, fresh)).toEqual({ kind: 'met' });
  });

  it('is unmet, with what it saw', () => {
    const fresh = seen({ pods: { web: pod() } });
    expect(judgeCondition(until, earlier, fresh)).toEqual({
      kind: 'unmet',
      message: 'app.restarts > before.app.restarts is false: app.restarts = 0, before.app.restarts = 0',
      values: [
        { expression: 'app.restarts > before.app.restarts', value: 'false' },
        { expression: 'app.restarts', value: '0' },
        { expression: 'before.app.restarts', value: '0' },
      ],
    });
  });

  it('is unmet while something is not there yet', () => {
    expect(judgeCondition(until, earlier, seen({ pods: {} }))).toMatchObject({
      kind: 'unmet',
      message: 'pods has no entry "web"; it is empty',
    });
  });

  it('is unknown when the facts could not be read, or there is no such observation', () => {
    const fresh = seen({ pods: { web: pod({ containers: unreadable('containerd does not answer') }) } });
    expect(judgeCondition(until, earlier, fresh)).toEqual({
      kind: 'unknown',
      reason: 'pods.web.containers is unknown: containerd does not answer',
    });
    expect(judgeCondition(until, worldReport({ let: entries, observations: [] }), seen({}))).toEqual({
      kind: 'unknown',
      reason: 'before is unknown: there is no such observation',
    });
  });
});
