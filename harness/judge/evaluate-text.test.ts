import { describe, expect, it } from '@jest/globals';
import { unreadable } from '../domain/fact-types.js';
import { evaluateText } from './evaluate-text.js';
import { observation, pod, record } from '../domain/testing/world.js';

const entries = [{ name: 'web', source: 'pods.web' }];
const seen = (ips: Parameters<typeof pod>[0]) =>
  record({ observations: [observation('before', { pods: { web: pod(ips) } })] });

describe('evaluateText', () => {
  it.each([
    ['web.ips[0]', '10.244.0.5'],
    ['before.web.ips[0]', '10.244.0.5'],
    ['web.ips.size()', '1'],
    ['web.hostNetwork', 'false'],
  ])('gives a command %s as text', (source, text) => {
    expect(evaluateText(source, entries, seen({ ips: ['10.244.0.5'] }))).toEqual({ text });
  });

  it('says why there is none', () => {
    const world = seen({ ips: ['10.244.0.5'] });
    expect(evaluateText('web.ips[1]', entries, world)).toEqual({
      reason: 'pods.web.ips has no item 1; it has 1 item',
    });
    expect(evaluateText('web.ips', entries, world)).toEqual({
      reason: 'it is ["10.244.0.5"], which is no text',
    });
    expect(evaluateText('web.name', entries, record({ observations: [] }))).toEqual({
      reason: 'pods is unknown: there is no such observation',
    });
    expect(evaluateText('web.ips[0]', entries, seen({ ips: unreadable('containerd is gone') }))).toEqual({
      reason: 'pods.web.ips is unknown: containerd is gone',
    });
  });
});
