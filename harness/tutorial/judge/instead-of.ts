import type { SubExpressionValue } from '../../domain/world-report.js';
import { piecesOf } from '../compare/pieces.js';
import { splitScript } from '../shell/statements.js';
import type { Known, Printed } from './known.js';

const most = 20;

/**
 * What is there instead of what a failed command looked for: the output that its `grep` found nothing in, or the links that outputs above have where
 * it names one that does not exist.
 */
export const insteadOf = (ended: Printed, known: Known): readonly SubExpressionValue[] => {
  const searched = searchedIn(ended.source);
  const place = (one: Printed) => one.place === ended.place;
  if (searched !== undefined && ended.stdout.trim() === '') {
    const seen = known.printed.findLast((one) => place(one) && one.source.trim() === searched);
    return seen === undefined
      ? []
      : rows(
          seen,
          seen.stdout.split('\n').filter((line) => line.trim() !== ''),
        );
  }
  if (!piecesOf(ended.source).some(({ kind }) => kind === 'link')) return [];
  const seen = known.printed.findLast((one) => place(one) && linksIn(one.stdout).length > 0);
  return seen === undefined ? [] : rows(seen, linksIn(seen.stdout));
};

/** The commands before the last `grep`s of a pipeline, whose output they search. */
export const searchedIn = (source: string): string | undefined => {
  const [statement, more] = splitScript(source).statements;
  const pipeline = more === undefined ? statement?.pipeline : undefined;
  if (pipeline === undefined) return undefined;
  const end = pipeline.findLastIndex(({ words }) => !/(^|\/)[ez]?grep$/.test(words[0] ?? '')) + 1;
  if (end === 0 || end === pipeline.length) return undefined;
  return pipeline
    .slice(0, end)
    .map((command) => command.source.trim())
    .join(' | ');
};

const linksIn = (output: string): readonly string[] =>
  [...output.matchAll(/^\d+: ([^:@\s]+)(?:@\S+)?:/gm)].map(([, name = '']) => name);

const rows = ({ line, source }: Printed, found: readonly string[]): readonly SubExpressionValue[] => [
  {
    expression: 'instead',
    value: `line ${line}, \`${source}\`, has ${found.length === 0 ? 'nothing' : ''}`.trim(),
  },
  ...found.slice(0, most).map((value) => ({ expression: '', value: value.trim() })),
  ...(found.length > most ? [{ expression: '…', value: `${found.length - most} more` }] : []),
];
