import { describe, expect, it } from '@jest/globals';
import { cutEvidence } from './evidence-limit.js';
import type { Observation } from '../domain/observation.js';
import { noCluster } from '../domain/testing/no-cluster.js';

const observe = (stdout: string): Observation => ({
  name: 'now',
  at: '',
  durationMs: 0,
  pods: {},
  nodes: {},
  cluster: noCluster,
  evidence: [{ node: 'n', argv: ['ip'], replay: 'ip', at: '', exitCode: 0, stdout, stderr: '' }],
  sources: {},
});

describe('cutEvidence', () => {
  it('leaves an output of an ordinary length alone', () => {
    const whole = 'x'.repeat(64 * 1024);
    expect(cutEvidence(observe(whole)).evidence[0]?.stdout).toBe(whole);
  });

  it('cuts a longer one and says how much is missing', () => {
    const cut = cutEvidence(observe('x'.repeat(64 * 1024 + 5))).evidence[0]?.stdout;
    expect(cut).toBe(`${'x'.repeat(64 * 1024)}\n… 5 more characters were left out of the report`);
  });
});
