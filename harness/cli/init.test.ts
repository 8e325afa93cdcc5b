import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expressionChecker } from '../judge/expression-checker.js';
import { loadScenarios } from '../scenario/load.js';
import { init } from './init.js';
import { fakeTerminal } from './testing/fake-terminal.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'init-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const guide = [
  '## Links of pods',
  '',
  'Each pod has one veth of its own. Let us see.',
  '',
  '```yaml',
  'apiVersion: v1',
  'kind: Pod',
  'metadata: {name: web, namespace: x}',
  'spec: {containers: [{name: main, image: nginx}]}',
  '```',
  '',
  '```sh',
  'kubectl exec -it web -- ip addr',
  'sudo ip link | grep veth',
  'lsns -p <pid>',
  '```',
].join('\n');

const make = async () => {
  const terminal = fakeTerminal({ providers: [], folder, signal: new AbortController().signal });
  const code = await init('guide.md', { out: 'drafts' }, terminal);
  return { code, ...terminal.written };
};

describe('init', () => {
  it('writes a scenario for each claim that can be loaded, with what is left to write', async () => {
    await writeFile(join(folder, 'guide.md'), guide);
    expect(await make()).toMatchObject({ code: 0, result: 'drafts/each-pod-has-one-veth-of.yaml\n' });
    const file = join(folder, 'drafts', 'each-pod-has-one-veth-of.yaml');
    const { scenarios, problems } = await loadScenarios([file], { checker: expressionChecker });
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(scenarios[0]).toMatchObject({
      claim: 'Each pod has one veth of its own.',
      source: { document: 'guide', section: 'Links of pods', quote: 'Each pod has one veth of its own.' },
      world: {
        manifests: [{ kind: 'Pod', name: 'web' }],
        steps: [
          { kind: 'probe', place: { kind: 'container', pod: 'web' }, argv: ['ip', 'addr'] },
          {
            kind: 'probe',
            place: { kind: 'node-of', pod: 'web' },
            argv: ['sh', '-c', 'ip link | grep veth'],
          },
          { kind: 'observe' },
        ],
      },
      expectations: [{ that: { source: 'false' } }],
    });
    const text = await readFile(file, 'utf8');
    expect(text).toContain('# From guide.md, line 3.\n# No probe: lsns -p <pid>\n');
    expect(text).toContain("that: 'false' # To be written");
  });

  it('leaves a file that is there already as it is', async () => {
    await writeFile(join(folder, 'guide.md'), guide);
    await make();
    const file = join(folder, 'drafts', 'each-pod-has-one-veth-of.yaml');
    await writeFile(file, 'mine');
    expect((await make()).result).toContain('is there already');
    expect(await readFile(file, 'utf8')).toBe('mine');
  });

  it('refuses a document without claims', async () => {
    await writeFile(join(folder, 'guide.md'), '# Title\n');
    await expect(make()).rejects.toMatchObject({ code: 'usage/no-claim' });
  });
});
