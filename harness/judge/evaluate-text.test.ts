import { describe, expect, it } from '@jest/globals';
import { unreadable } from '../domain/fact-types.js';
import { evaluateText } from './evaluate-text.js';
import { observation, pod, worldReport } from '../domain/testing/world.js';

const entries = { web: 'pods.web' };
const seen = (ips: Parameters<typeof pod>[0]) =>
  worldReport({ let: entries, observations: [observation('before', { pods: { web: pod(ips) } })] });

describe('evaluateText', () => {
  it.each([
    ['web.ips[0]', '10.244.0.5'],
    ['before.web.ips[0]', '10.244.0.5'],
    ['web.ips.size()', '1'],
    ['web.hostNetwork', 'false'],
  ])('gives a command %s as text', (source, text) => {
    expect(evaluateText(source, seen({ ips: ['10.244.0.5'] }))).toEqual({ text });
  });

  it('says why there is none', () => {
    const world = seen({ ips: ['10.244.0.5'] });
    expect(evaluateText('web.ips[1]', world)).toEqual({
      reason: 'pods.web.ips has no item 1; it has 1 item',
    });
    expect(evaluateText('web.ips', world)).toEqual({
      reason: 'it is ["10.244.0.5"], which is no text',
    });
    expect(evaluateText('web.name', worldReport({ let: entries, observations: [] }))).toEqual({
      reason: 'pods is unknown: there is no such observation',
    });
    expect(evaluateText('web.ips[0]', seen({ ips: unreadable('containerd is gone') }))).toEqual({
      reason: 'pods.web.ips is unknown: containerd is gone',
    });
  });
});
