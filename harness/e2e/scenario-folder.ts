import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scratchFolder } from './scratch-folder.js';

/** A folder that tests put scenarios and manifests into. Disposing of it removes it. */
export interface ScenarioFolder extends AsyncDisposable {
  readonly path: string;
  /** Writes a file, and gives its path. */
  put(name: string, text: string): Promise<string>;
  /** Writes a scenario of one expectation, with a manifest `NAME-pod.yaml` beside it; gives the scenario's path. */
  scenario(name: string, manifest: string, that: string, labels?: string): Promise<string>;
}

/** The fields of a container that does nothing, and goes on doing so. */
export const idle = 'image: busybox, command: [sleep, "10000"]';

/** A pod `web` with a container `side` that is idle and, in line 9, one more of these fields. */
export const podWith = (container: string, spec = ''): string =>
  [
    'apiVersion: v1',
    'kind: Pod',
    'metadata: { name: web }',
    'spec:',
    '  terminationGracePeriodSeconds: 0',
    `  ${spec}`,
    '  containers:',
    `    - { name: side, ${idle} }`,
    `    - { ${container} }`,
    '',
  ].join('\n');

export const scenarioFolder = async (): Promise<ScenarioFolder> => {
  const scratch = await scratchFolder();
  const put = async (name: string, text: string) => {
    const file = join(scratch.path, name);
    await writeFile(file, text);
    return file;
  };
  return {
    ...scratch,
    put,
    async scenario(name, manifest, that, labels = '') {
      await put(`${name}-pod.yaml`, manifest);
      const lines = [
        'apiVersion: netclaims.dev/v1',
        'kind: Scenario',
        `metadata: { name: ${name}, labels: { ${labels} } }`,
        'spec:',
        '  claim: Something is so.',
        `  manifests: [${name}-pod.yaml]`,
        '  steps: [{ observe: now }]',
        `  expect: [{ id: so, says: It is so., that: '${that}' }]`,
        '',
      ];
      return put(`${name}.yaml`, lines.join('\n'));
    },
  };
};
