import { expect, it } from '@jest/globals';
import { afterRestart, restartDueMs, type BackOff } from './back-off.js';

it('is that of a kubelet for a container that ends at once: 0, 10, 20, 40, 80, 160, 300, 300 seconds', () => {
  let backOff: BackOff | undefined;
  let nowMs = 1_000_000;
  const delays = Array.from({ length: 8 }, () => {
    const dueMs = restartDueMs(backOff, nowMs);
    const delay = (dueMs - nowMs) / 1_000;
    nowMs = dueMs;
    backOff = afterRestart(backOff, nowMs);
    return delay;
  });
  expect(delays).toEqual([0, 10, 20, 40, 80, 160, 300, 300]);
});

it('begins anew for a container that ran for more than ten minutes', () => {
  const backOff: BackOff = { delayMs: 160_000, atMs: 0 };
  expect(restartDueMs(backOff, 600_000)).toBe(760_000);
  expect(restartDueMs(backOff, 600_001)).toBe(600_001);
  expect(afterRestart(backOff, 600_001)).toEqual({ delayMs: 10_000, atMs: 600_001 });
});
