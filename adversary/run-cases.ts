import pLimit from 'p-limit';
import { inEngine } from '../harness/e2e/engine.js';
import { leftSince, takeInventory } from '../harness/e2e/inventory.js';
import type { Case } from './case.js';
import { runCase, type CaseResult } from './run-case.js';
import type { Theatre } from './stage.js';

export interface CasesRun {
  readonly results: readonly CaseResult[];
  readonly seconds: number;
}

/** Runs cases: first, beside each other, those that bear that, then one by one those that want the machine to themselves. */
export const runCases = async (
  cases: readonly Case[],
  theatre: Theatre,
  parallel: number,
  tell: (result: CaseResult) => void,
): Promise<CasesRun> => {
  const began = performance.now();
  // Nodes of kind are large, and its clusters share one engine.
  const needsAll = ({ alone, needs }: Case) => alone === true || needs === 'kind';
  const together = cases.filter((one) => !needsAll(one));
  const batches = [together, ...cases.filter(needsAll).map((one) => [one])].filter(
    ({ length }) => length > 0,
  );
  const results: CaseResult[] = [];
  for (const batch of batches) {
    const limit = pLimit(parallel);
    const countEngine = batch.some(({ needs }) => needs === 'kind');
    // Without a cluster nothing but processes can be left, which each case counts itself.
    const countMachine = batch.some(({ needs }) => needs !== 'none');
    const before = countMachine ? await takeInventory() : undefined;
    const engineBefore = countEngine ? await inEngine() : [];
    const found = await Promise.all(
      batch.map((one) =>
        limit(async () => {
          const result = await runCase(one, theatre);
          if (batch.length > 1) tell(result);
          return result;
        }),
      ),
    );
    const left = before === undefined ? [] : await leftSince(before);
    const leftInEngine = (countEngine ? await inEngine() : []).filter((item) => !engineBefore.includes(item));
    const complaints = [...left, ...leftInEngine].map((item) => `it left on the machine: ${item}`);
    results.push(...blamed(found, complaints, tell));
  }
  return { results, seconds: (performance.now() - began) / 1_000 };
};

/** What a batch left is the fault of its only case, or of one of its cases that nobody can name: it gets a row of its own. */
const blamed = (
  found: readonly CaseResult[],
  complaints: readonly string[],
  tell: (result: CaseResult) => void,
): readonly CaseResult[] => {
  const [only] = found;
  if (only !== undefined && found.length === 1) {
    const result = { ...only, complaints: [...only.complaints, ...complaints] };
    tell(result);
    return [result];
  }
  if (complaints.length === 0) return found;
  const result = { name: '(the machine)', complaints, seconds: 0, memoryMiB: 0 };
  tell(result);
  return [...found, result];
};
