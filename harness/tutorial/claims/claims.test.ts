import { describe, expect, it } from '@jest/globals';
import { noFootprint } from '../../domain/footprint.js';
import type { Scenario } from '../../domain/scenario.js';
import { readDocument } from '../markdown/read-document.js';
import { checkClaims } from './check-claims.js';
import { suggestClaims } from './suggest.js';

const document = (...lines: readonly string[]) => readDocument('docs/guide.md', lines.join('\n')).document;
const guide = document(
  '# The guide',
  '',
  '## Namespaces of pods',
  '',
  'Let us look. All containers of a **pod** share one network namespace. It’s small.',
  '',
  '## Links',
  '',
  '<!-- netclaims: claim -->',
  '- Each pod has a veth.',
  '- Nodes have bridges.',
);

const scenario = (source: Scenario['source'], claim = 'A claim.', name = 'one'): Scenario => ({
  ...{ file: `scenarios/${name}.yaml`, name, labels: {}, claim, source, requires: [] },
  ...{ world: { manifests: [], let: [], steps: [], footprint: noFootprint }, expectations: [], controls: [] },
});
const found = (source: NonNullable<Scenario['source']>) =>
  checkClaims(guide, [scenario(source)]).filter(({ id }) => id === 'source-one');

describe('the source of a scenario', () => {
  it.each([
    [{ document: 'guide', section: 'Namespaces of pods' }, 3],
    [
      {
        document: 'guide.md',
        section: 'namespaces of pods',
        quote: 'containers of a pod share one network namespace',
      },
      5,
    ],
    [{ document: 'The guide', section: '', quote: "It's  small." }, 5],
  ])('%j is there', (source, line) => {
    expect(found(source)).toMatchObject([{ verdict: 'holds', line }]);
  });

  it('of another document is none of this one', () => {
    expect(found({ document: 'other', section: 'x' })).toEqual([]);
  });

  it('with a section that is gone is refuted, with the nearest one', () => {
    expect(found({ document: 'guide', section: 'Namespaces of a pod' })).toMatchObject([
      {
        verdict: 'refuted',
        line: 3,
        values: [{ expression: 'nearest, line 3', value: 'Namespaces of pods' }],
      },
    ]);
  });

  it('with a quote that was changed is refuted at the nearest sentence', () => {
    expect(
      found({
        document: 'guide',
        section: 'Namespaces of pods',
        quote: 'All containers of a pod share two network namespaces.',
      }),
    ).toMatchObject([
      {
        verdict: 'refuted',
        line: 5,
        values: [
          { expression: '-', value: 'All containers of a pod share two network namespaces.' },
          { expression: '+ 5', value: 'All containers of a pod share one network namespace.' },
        ],
      },
    ]);
  });

  it('with a quote that has moved is refuted where it is now', () => {
    expect(
      found({ document: 'guide', section: 'Links', quote: 'share one network namespace' }),
    ).toMatchObject([
      { verdict: 'refuted', line: 5, because: expect.stringContaining('not in the section "Links"') },
    ]);
  });
});

describe('a marked claim', () => {
  const marked = (...scenarios: readonly Scenario[]) =>
    checkClaims(guide, scenarios).filter(({ id }) => id === 'claim-line-10');
  const source = { document: 'guide', section: 'Links' };

  it('holds where a scenario of the document says it or quotes it', () => {
    expect(marked(scenario(source, 'Each pod has a veth.'))).toMatchObject([{ verdict: 'holds' }]);
    expect(marked(scenario({ ...source, quote: 'pod has a veth' }))).toMatchObject([{ verdict: 'holds' }]);
  });

  it('is refuted without one, and shows the nearest', () => {
    expect(marked(scenario(undefined, 'Every pod has a veth.'))).toMatchObject([
      {
        verdict: 'refuted',
        line: 10,
        because: 'no scenario quotes it',
        values: [{ expression: 'nearest, scenarios/one.yaml' }],
      },
    ]);
  });

  it('that names its scenario needs that one', () => {
    const named = document('<!-- netclaims: claim=veth -->', 'Each pod has a veth.');
    expect(checkClaims(named, [scenario(undefined, 'x', 'veth')])).toMatchObject([{ verdict: 'holds' }]);
    expect(checkClaims(named, [])).toMatchObject([
      { verdict: 'refuted', because: 'there is no scenario veth' },
    ]);
  });
});

it('suggests sentences that look like claims and that no scenario has', () => {
  expect(
    suggestClaims(guide, [scenario(undefined, 'Nodes have some bridges.')]).map(({ text, line }) => [
      line,
      text,
    ]),
  ).toEqual([
    [5, 'All containers of a pod share one network namespace.'],
    [10, 'Each pod has a veth.'],
  ]);
});
