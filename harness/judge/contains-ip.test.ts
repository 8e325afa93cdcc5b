import { describe, expect, it } from '@jest/globals';
import { observation, pod, worldReport } from '../domain/testing/world.js';
import { judgeWorld } from './judge-world.js';

const world = worldReport({
  observations: [observation('now', { pods: { web: pod({ ips: ['10.244.0.5', 'fd00:10:244::5'] }) } })],
});

const judge = (that: string) => judgeWorld({ world, expressions: [that] })(that);

describe('containsIP', () => {
  it.each([
    ['"10.244.0.0/24".containsIP(pods.web.ips[0])', 'holds'],
    ['"10.244.0.5/32".containsIP(pods.web.ips[0])', 'holds'],
    ['"fd00:10:244::/64".containsIP(pods.web.ips[1])', 'holds'],
    // Near misses: the next range, the text that begins alike, the other family.
    ['"10.244.1.0/24".containsIP(pods.web.ips[0])', 'refuted'],
    ['"10.244.0.50/32".containsIP(pods.web.ips[0])', 'refuted'],
    ['"0.0.0.0/0".containsIP(pods.web.ips[1])', 'refuted'],
    ['"fd00:10:244:1::/64".containsIP(pods.web.ips[1])', 'refuted'],
  ])('%s %s', (that, verdict) => expect(judge(that).verdict).toBe(verdict));

  it.each([
    ['"10.244.0.0".containsIP(pods.web.ips[0])', '"10.244.0.0" is no range of addresses'],
    ['"10.244.0.0/33".containsIP(pods.web.ips[0])', '"10.244.0.0/33" is no range of addresses'],
    ['"10.244.0.0/24".containsIP(pods.web.name)', '"web" is no address'],
  ])('%s is a mistake', (that, why) => {
    expect(judge(that)).toMatchObject({ verdict: 'unknown', because: `the expression failed: ${why}` });
  });
});
