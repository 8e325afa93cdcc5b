import { describe, expect, it } from '@jest/globals';
import { outputBudget } from './output-budget.js';

const big = 1024 * 1024;
const result = (size: number) => ({ exitCode: 3, stdout: 'ä'.repeat(size), stderr: 'e' });

describe('outputBudget', () => {
  it('keeps whole outputs while there is room', () => {
    const budget = outputBudget(3 * big);
    expect(budget.take(result(big))).toEqual(result(big));
    expect(budget.take(result(big))).toEqual(result(big));
  });

  it('keeps both ends of what comes after, says how much is missing, and keeps small outputs whole', () => {
    const budget = outputBudget(big);
    budget.take(result(big - 1));
    const { exitCode, stdout, stderr, dropped } = budget.take(result(big));
    expect(exitCode).toBe(3);
    expect(dropped).toEqual({ stdout: 2 * (big - 64 * 1024), stderr: 0 });
    expect(stdout).toContain(`ä\n[netclaims dropped ${dropped?.stdout ?? 0} bytes here]\nä`);
    expect(stdout.length).toBeLessThan(66 * 1024);
    expect(stderr).toBe('e');
    expect(budget.take(result(5))).toEqual(result(5));
  });

  it('counts what was dropped before', () => {
    const budget = outputBudget(0);
    const text = `${'a'.repeat(big)}\n[netclaims dropped 100 bytes here]\n${'z'.repeat(big)}`;
    const { dropped } = budget.take({
      ...{ exitCode: 0, stdout: text, stderr: '' },
      dropped: { stdout: 100, stderr: 0 },
    });
    expect(dropped).toEqual({ stdout: 2 * big + 100 - 64 * 1024, stderr: 0 });
  });
});
