import { differs, type Matrix, type MatrixClaim, type MatrixDifference } from '../../domain/matrix.js';
import type { Verdict } from '../../domain/verdict.js';
import { markup, type Markup } from '../picture/markup.js';
import { isDiffering } from '../matrix.js';
import { counted } from '../phrases.js';
import { htmlDocument } from './document.js';
import { pageStyle } from './page-style.js';
import { verdictMark, wordOf } from './verdict-mark.js';

/**
 * A matrix as one file: a row for each claim with its expectations below it, what is not the same on all networks first, and in each cell that is not
 * as it was expected what it was. Its choices are made by the style alone, so that nothing in it runs.
 */
export const renderMatrixHtml = (matrix: Matrix, differences: readonly MatrixDifference[] = []): string => {
  const { networks, claims } = matrix;
  const different = claims.filter((claim) => isDiffering(claim, networks));
  const same = claims.filter((claim) => !different.includes(claim));
  const cells = cellsOf(networks, differences);
  return htmlDocument({
    title: 'netclaims matrix',
    style: pageStyle + matrixStyle,
    script: undefined,
    body: markup`<header class="top"><p class="brand">netclaims</p>
<h1>${headline(different.length, claims.length)}</h1>
<p class="aside">${counted(claims.length, 'claim')} on ${networks.join(', ')}${differences.length === 0 ? undefined : markup` · <b>${counted(differences.length, 'cell')} not as expected</b>`}</p></header>
<form class="filters"><label class="choice"><input type="checkbox" id="all" checked><span>what is the same too</span></label><label class="choice"><input type="checkbox" id="parts"><span>every expectation</span></label></form>
<main><div class="canvas" tabindex="0" role="group" aria-label="Matrix"><table class="matrix"><caption class="words">Verdicts of each claim by network</caption><thead><tr><th scope="col">Claim</th>${networks.map((network) => markup`<th scope="col">${network}</th>`)}</tr></thead>
${different.map((claim) => claimRows(claim, networks, cells, 'differs'))}${same.map((claim) => claimRows(claim, networks, cells, 'same'))}</table></div></main>
`,
  });
};

const headline = (different: number, all: number): string =>
  different === 0
    ? 'All claims come to the same on all networks'
    : `${different} of ${all} claims ${different === 1 ? 'is' : 'are'} not the same on all networks`;

type Cells = (name: string, verdicts: MatrixClaim['verdicts']) => readonly Markup[];

const cellsOf = (networks: readonly string[], differences: readonly MatrixDifference[]): Cells => {
  const expected = new Map(
    differences.map((one) => [keyOf(one.network, one.claim, one.expectation), one.expected] as const),
  );
  return (name, verdicts) =>
    networks.map((network) => {
      const key = `${network} ${name}`;
      const was = expected.has(key)
        ? markup`<span class="was">was ${textOf(expected.get(key))}</span>`
        : undefined;
      const verdict = verdicts[network];
      return markup`<td${was === undefined ? undefined : markup` class="unexpected"`}>${verdict === undefined ? '–' : verdictMark(verdict)}${was}</td>`;
    });
};

const keyOf = (network: string, claim: string, expectation: string | undefined): string =>
  [network, claim, ...(expectation === undefined ? [] : [expectation])].join(' ');

const textOf = (verdict: Verdict | undefined): string =>
  verdict === undefined ? 'not there' : wordOf(verdict);

const claimRows = (
  claim: MatrixClaim,
  networks: readonly string[],
  cells: Cells,
  kind: 'differs' | 'same',
): Markup =>
  markup`<tbody class="${kind}"><tr><th scope="row"><b>${claim.name}</b> <span class="aside">${claim.claim}</span></th>${cells(claim.name, claim.verdicts)}</tr>
${claim.expectations.map(
  (one) =>
    markup`<tr class="part ${differs(one, networks) ? 'differing' : ''}"><th scope="row"><code>${one.id}</code> <span class="aside">${one.says}</span></th>${cells(`${claim.name} ${one.id}`, one.verdicts)}</tr>
`,
)}</tbody>
`;

/** An expectation is shown where it is not the same everywhere, or where all are wanted. */
const matrixStyle = `
.matrix { border-collapse: collapse; width: 100%; }
.matrix th, .matrix td { padding: 0.45rem 0.8rem 0.45rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); font-weight: inherit; }
.matrix thead th { font-weight: 600; color: var(--quiet); font-size: 13px; }
.matrix th[scope="row"] { min-width: 14rem; overflow-wrap: anywhere; }
.matrix th[scope="row"] .aside { display: block; }
.matrix .part th[scope="row"] { padding-left: 1.4rem; }
.matrix .was { display: block; color: var(--quiet); font-size: 12.5px; }
.matrix .unexpected { background: var(--change-fill); }
body:has(#all:not(:checked)) .same { display: none; }
body:has(#parts:not(:checked)) .part:not(.differing) { display: none; }
.choice:has(input:not(:checked)) span { color: var(--quiet); text-decoration: line-through; }
.choice { padding: 0.1rem 0.8em; }
@media (max-width: 40rem) { .matrix th[scope="row"] { min-width: 9rem; } .matrix .part th[scope="row"] { padding-left: 0.7rem; } }
@media print { .matrix .part { display: table-row !important; } }
`;
