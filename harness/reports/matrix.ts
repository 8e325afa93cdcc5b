import { differs, type Matrix, type MatrixClaim, type MatrixDifference } from '../domain/matrix.js';
import type { Verdict } from '../domain/verdict.js';
import { palette, type Palette } from './palette.js';
import { counted } from './phrases.js';
import { table } from './table.js';

export const matrixFormats = ['text', 'json', 'markdown'] as const;
export type MatrixFormat = (typeof matrixFormats)[number];

/** A matrix as text: what differs between the networks first, with the expectations that do; then what is the same everywhere. */
export const renderMatrix = (matrix: Matrix, format: MatrixFormat, colour: boolean): string => {
  switch (format) {
    case 'json':
      return `${JSON.stringify(matrix, undefined, 2)}\n`;
    case 'markdown':
      return markdown(matrix);
    case 'text':
      return text(matrix, palette(colour));
  }
};

/** What a matrix can be written as, beside what is printed. */
export const matrixReports = ['html', ...matrixFormats] as const;
export type MatrixReport = (typeof matrixReports)[number];

/** A matrix as a file; its page shows what is not as it was expected. */
export const renderMatrixReport = async (
  matrix: Matrix,
  format: MatrixReport,
  differences: readonly MatrixDifference[],
): Promise<string> =>
  format === 'html'
    ? (await import('./html/matrix-page.js')).renderMatrixHtml(matrix, differences)
    : renderMatrix(matrix, format, false);

type Row = readonly string[];

const wordOf = (verdict: Verdict | undefined): string => verdict ?? '-';

const cells = ({ verdicts }: Pick<MatrixClaim, 'verdicts'>, networks: readonly string[]): readonly string[] =>
  networks.map((network) => wordOf(verdicts[network]));

/** A claim's row, and below it those of its expectations that are not the same everywhere. */
const differing = (claim: MatrixClaim, networks: readonly string[], indent: string): readonly Row[] => [
  [claim.name, ...cells(claim, networks)],
  ...claim.expectations
    .filter((expectation) => differs(expectation, networks))
    .map((expectation) => [`${indent}${expectation.id}`, ...cells(expectation, networks)]),
];

/** A claim may come to the same by different parts. */
export const isDiffering = (claim: MatrixClaim, networks: readonly string[]): boolean =>
  differs(claim, networks) || claim.expectations.some((expectation) => differs(expectation, networks));

const parted = ({ claims, networks }: Matrix) => ({
  different: claims.filter((claim) => isDiffering(claim, networks)),
  same: claims.filter((claim) => !isDiffering(claim, networks)),
});

const text = (matrix: Matrix, paint: Palette): string => {
  const { networks } = matrix;
  const { different, same } = parted(matrix);
  const lines = table([
    ['CLAIM', ...networks],
    ...different.flatMap((claim) => differing(claim, networks, '  ')),
    ...same.map((claim) => [claim.name, ...cells(claim, networks)]),
  ]);
  const end = 1 + different.flatMap((claim) => differing(claim, networks, '  ')).length;
  return [
    ...lines.slice(0, end),
    ...(different.length > 0 && same.length > 0 ? [''] : []),
    ...lines.slice(end),
    '',
    `${counted(different.length, 'claim')} of ${matrix.claims.length} not the same on all of ${networks.join(', ')}`,
    '',
  ]
    .map((line, index) => (index === 0 ? paint.quiet(line) : painted(line, paint)))
    .join('\n');
};

const painted = (line: string, paint: Palette): string =>
  line.replaceAll(/(?<= {2})(refuted|vacuous|unknown|not-applicable|holds)(?= {2}|$)/g, (word) =>
    paint.verdict(word as Verdict, word),
  );

const markdown = (matrix: Matrix): string => {
  const { networks } = matrix;
  const { different, same } = parted(matrix);
  const rowsOf = (rows: readonly Row[]) => rows.map((row) => `| ${row.join(' | ')} |`);
  const head = [`| claim | ${networks.join(' | ')} |`, `|---|${networks.map(() => '---|').join('')}`];
  const part = (title: string, rows: readonly Row[]) =>
    rows.length === 0 ? [] : [`## ${title}`, '', ...head, ...rowsOf(rows), ''];
  return [
    ...part(
      'What differs',
      different.flatMap((claim) => differing(claim, networks, '&nbsp;&nbsp;')),
    ),
    ...part(
      'What is the same',
      same.map((claim) => [claim.name, ...cells(claim, networks)]),
    ),
  ].join('\n');
};

/** What is not as a committed matrix has it, a line each. */
export const differencesText = (differences: readonly MatrixDifference[]): string =>
  differences
    .map(
      ({ network, claim, expectation, expected, found }) =>
        `${network}: ${claim}${expectation === undefined ? '' : ` ${expectation}`} was ${wordOf(expected)}, is ${wordOf(found)}\n`,
    )
    .join('');
