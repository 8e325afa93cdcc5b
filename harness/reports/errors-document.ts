import { failureCodes, type Blame, type FailureKind } from '../domain/failure-codes.js';

/** docs/errors.md: every code that a failure can have, made from the one table of them. */
export const errorsDocument = (): string => {
  const all = Object.entries<FailureKind>(failureCodes);
  const sections = Object.entries(titles).flatMap(([blame, { title, about }]) => [
    '',
    `## ${title}`,
    '',
    about,
    '',
    '| code | meaning | remedy |',
    '| --- | --- | --- |',
    ...all
      .filter(([, kind]) => kind.blames === blame)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(row),
  ]);
  return [
    '# Errors',
    '',
    '<!-- Made from harness/domain/failure-codes.ts by `npm run generate`; edits here are lost. -->',
    '',
    'A failure has a code, what happened, where, the evidence, and a remedy. The terminal shows it like this:',
    '',
    '```text',
    'pod/exited: scenarios/web.yaml:9:5 apply Pod web: container nginx of pod web exited with 1',
    '  nginx | bind() to 0.0.0.0:80 failed (98: Address already in use)',
    "→ read the container's log; its process must go on running, or end with 0",
    '```',
    '',
    '[The JSON report](reports.md) has the same as `failure: {code, what, where, evidence, remedy}`. The codes stay the same from version to version.',
    'A failure often brings a more exact remedy than the one of its code below.',
    ...sections,
    '',
  ].join('\n');
};

const row = ([code, { meaning, remedy, effect }]: readonly [string, FailureKind]): string => {
  const all = effect === undefined ? meaning : `${meaning} ${effects[effect]}`;
  return `| \`${code}\` | ${cell(all)} | ${cell(remedy)} |`;
};

/** Placeholders in angle brackets are text, and a bar begins the next cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

const titles: Readonly<Record<Blame, { readonly title: string; readonly about: string }>> = {
  usage: { title: 'Usage', about: 'The call or a file is wrong. Nothing was run; the exit code is 3.' },
  cluster: {
    title: 'Clusters',
    about:
      'The cluster cannot be made, does not answer, or ended. Verdicts are `unknown`; the exit code is 2.',
  },
  image: { title: 'Images', about: 'A container image cannot be had.' },
  pod: {
    title: 'Pods',
    about:
      'A pod, a container or an applied object. It ends its world: what was not observed by then is `unknown`.',
  },
  probe: {
    title: 'Commands',
    about: 'A command on a node or in a pod. Expectations that read its result are `unknown`.',
  },
  step: { title: 'Steps', about: 'A step of a scenario. It ends its world.' },
  run: { title: 'Runs', about: 'The run as a whole.' },
  report: { title: 'Reports', about: 'The exit code is at least 2; the other reports are written.' },
  machine: { title: 'This machine', about: 'The operating system under netclaims.' },
  harness: { title: 'netclaims', about: 'Bugs of netclaims itself. The exit code is 2.' },
};

const effects: Readonly<Record<NonNullable<FailureKind['effect']>, string>> = {
  'ends-the-cluster': 'It ends every world on the cluster.',
  'out-of-time': 'What it contains is stopped.',
};
