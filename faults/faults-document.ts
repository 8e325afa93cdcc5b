import type { Scenario } from '../harness/domain/scenario.js';
import { relative } from 'node:path';
import type { Fault } from './fault.js';

/** docs/faults.md: the faults and the claims that catch them. @param folder of docs/, from which its links lead */
export const faultsDocument = (
  faults: readonly Fault[],
  scenarios: readonly Scenario[],
  folder: string,
): string => {
  const fileOf = (claim: string) => scenarios.find(({ name }) => name === claim.split('/')[0])?.file;
  const linked = (claim: string) => {
    const file = fileOf(claim);
    return file === undefined ? `\`${claim}\`` : `[\`${claim}\`](${relative(folder, file)})`;
  };
  return [
    '# The faults',
    '',
    '<!-- Made from faults/ by `npm run generate`; edits here are lost. -->',
    '',
    `${faults.length} CNI plugins that misbehave in one way each: a [script](../faults/plugin.sh) that stands before the real plugin and has it do the work, but for one`,
    'thing. Each names the claims that must be refuted on a cluster with it, and a text that names the cause in the reason that they give.',
    '',
    '```sh',
    'npm run faults                                  # all of them, and the catalogue once without a fault',
    'npm run faults -- leaks-the-lease --all         # one, looked at with the whole catalogue',
    'npm run faults -- --baseline-runs 50            # all, and fifty runs without a fault',
    '```',
    '',
    'It prints fault × claim and the *mutation score*, and ends with 0 only when every fault was caught by every claim that it names, and no claim was',
    'refuted without a fault. Scenarios are run without their controls there: a fault shows that a claim can fail, as a control does.',
    '',
    '| fault | what it does | stands for | caught by |',
    '|---|---|---|---|',
    ...faults.map(
      ({ name, does, standsFor, caughtBy }) =>
        `| [${name}](../faults/${name}.yaml) | ${does} | ${standsFor.replaceAll(reference, link)} | ${Object.keys(caughtBy).map(linked).join(', ')} |`,
    ),
    '',
  ].join('\n');
};

/** `owner/repository#number`. */
const reference = /([\w-]+\/[\w.-]+)#(\d+)/g;
const link = '[$1#$2](https://github.com/$1/issues/$2)';
