import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { formatProblem } from '../domain/problem.js';
import { fakeChecker } from './fake-checker.js';
import { loadScenarios } from './load.js';

const folder = fileURLToPath(new URL('corpus', import.meta.url));
const bad = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const expected = readdirSync(folder).filter((name) => name.endsWith('.txt'));

/** What loading a file prints, without the folder's path; problems of the file itself without its name, too. */
const printed = async (name: string): Promise<string> => {
  const { problems } = await loadScenarios([`${folder}/${name}`], { checker: fakeChecker });
  return problems
    .map((problem) =>
      `${formatProblem(problem)}\n`.replaceAll(`${folder}/${name}:`, '').replaceAll(`${folder}/`, ''),
    )
    .join('');
};

describe('the corpus of files with mistakes', () => {
  it('is as large as promised, and each file has its expected messages', () => {
    expect(bad.length).toBeGreaterThanOrEqual(45);
    expect(bad.map((name) => name.replace(/\.yaml$/, '.txt'))).toEqual(expected);
  });

  it.each(bad)('%s', async (name) => {
    const messages = readFileSync(`${folder}/${name.replace(/\.yaml$/, '.txt')}`, 'utf8');
    expect(messages).not.toBe('');
    expect(await printed(name)).toBe(messages);
  });

  it('gives a scenario only for the files that have no more than warnings', async () => {
    const { scenarios } = await loadScenarios(
      bad.map((name) => `${folder}/${name}`),
      { checker: fakeChecker },
    );
    expect(scenarios.map(({ file }) => file)).toEqual([
      `${folder}/uncontrolled-one.yaml`,
      `${folder}/uncontrolled.yaml`,
    ]);
  });

  it('tells in one go what is wrong in all of them', async () => {
    const one = await Promise.all(
      bad.map((name) => loadScenarios([`${folder}/${name}`], { checker: fakeChecker })),
    );
    const all = await loadScenarios([folder], { checker: fakeChecker });
    const texts = new Set(all.problems.map(formatProblem));
    expect(
      one.flatMap(({ problems }) => problems.map(formatProblem)).filter((text) => !texts.has(text)),
    ).toEqual([]);
  });
});

describe('the corpus of good files', () => {
  const good = `${folder}/good`;

  it('loads without a problem', async () => {
    const { scenarios, problems } = await loadScenarios(
      ['deployment.yaml', 'everything.yaml', 'smallest.yml'].map((name) => `${good}/${name}`),
      { checker: fakeChecker },
    );
    expect(problems).toEqual([]);
    expect(scenarios.map(({ name }) => name)).toEqual(['deployment', 'everything', 'smallest']);
  });
});
