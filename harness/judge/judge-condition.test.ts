import { describe, expect, it } from '@jest/globals';
import { unreadable } from '../domain/fact-types.js';
import { container, observation, pod, record } from '../domain/testing/world.js';
import { judgeCondition } from './judge-condition.js';

const seen = (pods: Parameters<typeof observation>[1]) => observation('now', pods);
const earlier = record({ observations: [observation('before')] });
const entries = [{ name: 'app', source: 'pods.web.containers.app' }];
const until = 'app.restarts > before.app.restarts && app.state == "running"';

describe('judgeCondition', () => {
  it('is met by the fresh facts', () => {
    const fresh = seen({ pods: { web: pod({ containers: { app: container({ restarts: 1 }) } }) } });
    expect(judgeCondition(until, entries, fresh, earlier)).toEqual({ kind: 'met' });
  });

  it('is unmet, with what it saw', () => {
    const fresh = seen({ pods: { web: pod() } });
    expect(judgeCondition(until, entries, fresh, earlier)).toEqual({
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
    expect(judgeCondition(until, entries, seen({ pods: {} }), earlier)).toMatchObject({
      kind: 'unmet',
      message: 'pods has no entry "web"; it is empty',
    });
  });

  it('is unknown when the facts could not be read, or there is no such observation', () => {
    const fresh = seen({ pods: { web: pod({ containers: unreadable('containerd does not answer') }) } });
    expect(judgeCondition(until, entries, fresh, earlier)).toEqual({
      kind: 'unknown',
      reason: 'pods.web.containers is unknown: containerd does not answer',
    });
    expect(judgeCondition(until, entries, seen({}), record({ observations: [] }))).toEqual({
      kind: 'unknown',
      reason: 'before is unknown: there is no such observation',
    });
  });
});
