import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dump, load } from 'js-yaml';
import { describe, expect, it } from '@jest/globals';
import { formatProblem } from '../domain/problem.js';
import { fakeChecker } from './fake-checker.js';
import { manifestReader } from './manifest-files.js';
import { readScenario } from './read-scenario.js';
import { sourceText } from './source-text.js';

const file = fileURLToPath(new URL('corpus/good/everything.yaml', import.meta.url));
const good = load(readFileSync(file, 'utf8'));

const read = (text: string) => readScenario(sourceText(file, text), fakeChecker, manifestReader());

/** The value with each of its parts replaced, one at a time, by each of the odd ones. */
const mutated = (value: unknown, odd: readonly unknown[]): readonly unknown[] => {
  if (typeof value !== 'object' || value === null) return odd;
  const entries = Object.entries(value);
  const below = entries.flatMap(([key, part]) =>
    mutated(part, odd).map((other) =>
      Array.isArray(value)
        ? value.map((item: unknown, index) => (String(index) === key ? other : item))
        : { ...value, [key]: other },
    ),
  );
  return [...odd, ...below];
};

describe('a file with anything in the place of anything', () => {
  it('has problems with places, and is never a fault of netclaims', async () => {
    const odd = [null, [], {}, [null], { nothing: null }, 0, -1.5, true, '', 'x'];
    const texts = mutated(good, odd).map((value) => dump(value, { noRefs: true }));
    expect(texts.length).toBeGreaterThan(500);
    for (const text of texts) {
      const { problems, scenario } = await read(text);
      if (scenario === undefined) expect(problems.length).toBeGreaterThan(0);
      for (const { line, column } of problems) expect(Math.min(line, column)).toBeGreaterThan(0);
    }
  }, 60_000);
});

describe('a file that is too large', () => {
  const head = (rest: string) =>
    `apiVersion: netclaims.dev/v1\nkind: Scenario\nmetadata: { name: everything }\nspec:\n  claim: A.\n  steps: [{ observe: now }]\n${rest}`;
  it.each([
    ['items', `[${'a,'.repeat(300_000)}]`, '1:399998 has more than 200000 values'],
    [
      'anchors',
      Array.from({ length: 200_001 }, (_, n) => `- &a${n} x`).join('\n'),
      '100000:3 has more than 200000 values',
    ],
    [
      'expectations',
      head(`  expect:\n${'    - { id: a, says: A, that: b }\n'.repeat(100_000)}`),
      ' has more than 200000 values',
    ],
    ['levels', '['.repeat(20_000), '1:100 is not valid YAML: nesting exceeded'],
    [
      'aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'b c d e f g h i'
        .split(' ')
        .map((name, n) => `${name}: &${name} [${`*${'abcdefgh'[n] ?? ''},`.repeat(9)}]`)
        .join('\n')}`,
      'has aliases that make it more than 200000 values',
    ],
  ])('is refused with a place: %s', async (_, text, message) => {
    const { problems } = await read(text);
    expect(problems.map(formatProblem).join('\n')).toContain(message);
  });
});
