import { relative } from 'node:path';
import type { Scenario } from '../domain/scenario.js';

/** The claims that docs/claims.md tells of. */
export interface Catalogue {
  /** Of scenarios/. */
  readonly scenarios: readonly Scenario[];
  /** Of soak/, which take too long to be run with the others. */
  readonly soak: readonly Scenario[];
}

/** docs/claims.md: the claims of the scenarios by their topics. @param folder of docs/, from which its links lead */
export const claimsDocument = ({ scenarios, soak }: Catalogue, folder: string): string => {
  const topics = [...new Set(scenarios.map(topicOf))].sort();
  const expectations = sum(scenarios.map((scenario) => scenario.expectations.length));
  const controls = sum(scenarios.map((scenario) => scenario.controls.length));
  return [
    '# The claims',
    '',
    '<!-- Made from scenarios/ and soak/ by `npm run generate`; edits here are lost. -->',
    '',
    `${scenarios.length} claims with ${expectations} expectations, each refuted in at least one of ${controls} controls. \`netclaims list\` prints them,`,
    '`netclaims verify --selector topic=TOPIC` runs those of one topic.',
    ...topics.flatMap((topic) => [
      '',
      `## ${topic}`,
      ...scenarios
        .filter((scenario) => topicOf(scenario) === topic)
        .flatMap((scenario) => ['', ...section(scenario, folder)]),
    ]),
    '',
    '## Of many pods',
    '',
    'What takes many pods to show is not run with the others: `netclaims verify soak`.',
    ...soak.flatMap((scenario) => ['', ...section(scenario, folder)]),
    '',
  ].join('\n');
};

/** The label by which claims are put together. */
export const topicOf = ({ labels }: Scenario): string => labels.topic ?? 'other';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const section = (
  { name, claim, source, requires, file, expectations, controls }: Scenario,
  folder: string,
): readonly string[] => [
  `### ${name}`,
  '',
  claim,
  '',
  ...expectations.map(({ id, says }) => `- \`${id}\`: ${says}`),
  '',
  ...(source === undefined
    ? []
    : [`From: ${[source.document, source.section].filter(Boolean).join(', ')}.  `]),
  ...(requires.length === 0
    ? []
    : [`Needs: ${requires.map((requirement) => `\`${requirement}\``).join(', ')}.  `]),
  `Refuted by: ${controls.map((control) => control.name).join('; ') || 'nothing'}.  `,
  `[${relative(`${folder}/..`, file)}](${relative(folder, file)})`,
];
