import { describe, expect, it } from '@jest/globals';
import { memoryUsage } from 'node:process';
import { probe, worldReport } from '../domain/testing/world.js';
import type { WorldReport } from '../domain/world-report.js';
import { judgeWorld } from './judge-world.js';

const judge = (that: string, world: WorldReport) => {
  const began = performance.now();
  const { verdict, because } = judgeWorld({ world, expressions: [that] })(that);
  return { verdict, because, ms: performance.now() - began };
};
const printed = (stdout: string) => worldReport({ probes: [probe('p', stdout)] });
const numbers = printed(JSON.stringify(Array.from({ length: 300 }, (_, index) => index)));
const list = 'probes.p.json';

// Busy machines have their part in the times: what is prevented takes hours.
describe('an expression that would take for ever', () => {
  it('is a pattern that backtracks: each character is looked at once', () => {
    const { verdict, ms } = judge('probes.p.stdout.matches("^(a+)+$")', printed(`${'a'.repeat(100)}b`));
    expect(verdict).toBe('refuted');
    expect(ms).toBeLessThan(5_000);
  });

  it('is a pattern on a large text', () => {
    const { verdict, ms } = judge('probes.p.stdout.matches("(a|b|ab)*c$")', printed('a'.repeat(4_000_000)));
    expect(verdict).toBe('refuted');
    expect(ms).toBeLessThan(20_000);
  });

  it.each([
    `${list}.all(a, ${list}.all(b, ${list}.all(c, ${list}.all(d, a + b + c + d >= 0))))`,
    `${list}.exists(a, ${list}.exists(b, ${list}.exists(c, ${list}.exists(d, a + b + c + d < 0))))`,
    `${list}.map(a, ${list}.map(b, ${list}.map(c, a + b + c))).size() == 300`,
    `!${list}.exists(a, ${list}.exists(b, ${list}.exists(c, a + b + c < 0)))`,
    `${list}.exists(a, ${list}.exists(b, probes.p.stdout.matches("x") || ${list}.exists(c, c < 0))) || 1 == 2`,
  ])('is loops in loops: %s', (that) => {
    const before = memoryUsage().rss;
    const { verdict, because, ms } = judge(that, numbers);
    expect(verdict).toBe('unknown');
    expect(because).toMatch(/judging takes more than 1000000 steps/);
    expect(ms).toBeLessThan(20_000);
    expect((memoryUsage().rss - before) / 1024 / 1024).toBeLessThan(400);
  });

  it('is not one that goes over many items once', () => {
    expect(judge(`${list}.all(a, ${list}.exists(b, a == b))`, numbers).verdict).toBe('holds');
  });
});
