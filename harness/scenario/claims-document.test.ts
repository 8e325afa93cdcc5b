import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ExpressionChecker } from '../domain/expression-checker.js';
import type { Scenario } from '../domain/scenario.js';
import { claimsDocument } from './claims-document.js';
import { loadScenarios } from './load.js';

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** What expressions mean is of no concern here. */
const trusting: ExpressionChecker = {
  check: () => undefined,
  references: () => [],
  nodeReads: () => [],
  isReserved: () => false,
};

const scenariosIn = async (folder: string): Promise<readonly Scenario[]> => {
  const { scenarios, problems } = await loadScenarios([path(folder)], { checker: trusting });
  expect(problems).toEqual([]);
  return scenarios;
};

describe('docs/claims.md', () => {
  it('is what the scenarios make it; `npm run generate` writes it', async () => {
    const committed = await readFile(path('docs/claims.md'), 'utf8');
    const catalogue = { scenarios: await scenariosIn('scenarios'), soak: await scenariosIn('soak') };
    expect(committed).toBe(claimsDocument(catalogue, path('docs')));
  });
});

describe('the catalogue', () => {
  it('has at least 20 claims, each with a topic and a source', async () => {
    const scenarios = await scenariosIn('scenarios');
    expect(scenarios.length).toBeGreaterThanOrEqual(20);
    expect(scenarios.filter(({ labels, source }) => labels.topic === undefined || !source)).toEqual([]);
  });

  it('has a control for every expectation', async () => {
    const all = [...(await scenariosIn('scenarios')), ...(await scenariosIn('soak'))];
    const uncontrolled = all.flatMap(({ name, expectations, controls }) =>
      expectations
        .filter(({ id }) => !controls.some(({ refutes }) => refutes.includes(id)))
        .map(({ id }) => `${name} ${id}`),
    );
    expect(uncontrolled).toEqual([]);
  });
});
