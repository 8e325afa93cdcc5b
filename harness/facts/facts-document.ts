import { factTypes, type FactType } from '../domain/fact-table.js';

/** docs/facts.md: every fact, made from the one table of them. */
export const factsDocument = (): string =>
  [
    '# The facts',
    '',
    '<!-- Made from harness/domain/fact-table.ts by `npm run generate`; edits here are lost. -->',
    '',
    'What expressions can speak of. `pods.NAME` is a [Pod](#pod), `nodes.NAME` a [Node](#node), `cluster` the [Cluster](#cluster),',
    '`probes.NAME` a [Probe](#probe). An observation has the same names below its own: `before.pods.web`.',
    '',
    'Facts are total: what does not exist has an empty value (`""`, `-1`, `[]`). What could not be read has none, and an',
    'expression that depends on it is `unknown`, with the reason.',
    ...Object.entries<FactType>(factTypes).flatMap(([name, type]) => ['', ...section(name, type)]),
    '',
  ].join('\n');

const section = (name: string, { doc, fields }: FactType): readonly string[] => [
  `## ${name}`,
  '',
  doc,
  '',
  '| field | type | meaning |',
  '| --- | --- | --- |',
  ...Object.entries(fields).map(
    ([field, [type, meaning]]) => `| \`${field}\` | ${typeLink(type)} | ${cell(meaning)} |`,
  ),
];

/** `list<Link>` with the type that it names linked. */
const typeLink = (type: string): string => {
  const named = /[A-Z][A-Za-z]*/.exec(type)?.[0];
  return named === undefined ? `\`${type}\`` : `[\`${type}\`](#${named.toLowerCase()})`;
};

const cell = (text: string): string => text.replaceAll('|', '\\|');
