import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ExpressionScope } from '../domain/expression-checker.js';
import { formatProblem } from '../domain/problem.js';
import { fakeChecker } from './fake-checker.js';
import { loadScenarios } from './load.js';
import { loadManifests } from './manifest-files.js';

const good = fileURLToPath(new URL('corpus/good', import.meta.url));

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netclaims-scenario-'));
});

afterEach(() => rm(folder, { recursive: true }));

const write = async (name: string, text: string): Promise<string> => {
  const file = join(folder, name);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, text);
  return file;
};

const scenario = (name: string, more = ''): string => `apiVersion: netclaims.dev/v1
kind: Scenario
metadata: {name: ${name}}
spec:
  claim: A node has a kernel.
${more}  steps: [{observe: now}]
  expect: [{id: kernel, says: It has., that: 'nodes.n1.kernel != ""'}]
  controls: [{name: another question, refutes: [kernel], steps: [{observe: then}]}]
`;

const load = async (...paths: readonly string[]) => {
  const { scenarios, problems } = await loadScenarios(paths, { checker: fakeChecker });
  return {
    scenarios,
    names: scenarios.map(({ name }) => name),
    problems: problems.map((problem) => formatProblem(problem).replaceAll(`${folder}/`, '')),
  };
};

describe('numbers with a zero in front', () => {
  const pod = (name: string) =>
    `{ apiVersion: v1, kind: Pod, metadata: { name: ${name} }, spec: { containers: [{ name: a, image: b, securityContext: { runAsUser: 0100 } }] } }`;

  it('are octal in manifests, in files and in scenarios, as for kubectl', async () => {
    await write('user.yaml', pod('filed'));
    const file = await write('a.yaml', scenario('a', `  manifests: [user.yaml, ${pod('inline')}]\n`));
    const { scenarios, problems } = await load(file);
    expect(problems).toEqual([]);
    expect(scenarios[0]?.world.manifests.map(({ object }) => object)).toMatchObject(
      ['filed', 'inline'].map((name) => ({
        metadata: { name },
        spec: { containers: [{ securityContext: { runAsUser: 64 } }] },
      })),
    );
  });

  it('are mistakes in a scenario itself', async () => {
    const steps = '  steps: [{repeat: {times: 010, steps: [{observe: now}]}}]\n';
    const file = await write('a.yaml', scenario('a').replace('  steps: [{observe: now}]\n', steps));
    expect((await load(file)).problems).toEqual([
      'a.yaml:6:28 `010` is octal in YAML 1.1 and decimal in YAML 1.2: write it without the zero in front',
    ]);
  });
});

describe('loadScenarios', () => {
  it('takes files and folders in the order of the arguments, folders sorted and with all below them', async () => {
    for (const name of ['x/b', 'x/a', 'x/deep/c', 'y/d', '.hidden/e', 'x/.git/f']) {
      await write(`${name}.yaml`, scenario(name.slice(-1)));
    }
    await write('x/g.yml', scenario('g'));
    await write('x/notes.md', 'not a scenario');
    expect(await load(join(folder, 'y'), join(folder, 'x'))).toMatchObject({
      names: ['d', 'a', 'b', 'c', 'g'],
      problems: [],
    });
    expect((await load(folder)).names).toEqual(['a', 'b', 'c', 'g', 'd']);
  });

  it('takes a file once, however it is named, and follows links to files', async () => {
    const file = await write('x/a.yaml', scenario('a'));
    const other = await write('kept/b.yaml', scenario('b'));
    await symlink(other, join(folder, 'x/b.yaml'));
    await symlink(join(folder, 'x'), join(folder, 'x/circle.yaml'));
    expect((await load(file, join(folder, 'x'), `${folder}/x/../x/a.yaml`)).names).toEqual(['a', 'b']);
  });

  it('names paths that are not there, and folders without a scenario', async () => {
    await write('empty/readme.md', '');
    expect(await load(join(folder, 'gone.yaml'), join(folder, 'empty'), '/dev/null')).toEqual({
      scenarios: [],
      names: [],
      problems: [
        '/dev/null:1:1 is neither a file nor a folder',
        'empty:1:1 has no scenario: no file below it ends in .yaml or .yml',
        'gone.yaml:1:1 does not exist',
      ],
    });
  });

  it('names a scenario of another file by the same name, even when that file has mistakes', async () => {
    await write('x/a.yaml', scenario('a').replace('claim: A', 'clam: A'));
    await write('y/a.yaml', scenario('a'));
    await write('z/a.yaml', scenario('a'));
    const { names, problems } = await load(join(folder, 'x'), join(folder, 'y'), join(folder, 'z'));
    expect(names).toEqual([]);
    expect(problems).toEqual([
      'x/a.yaml:5:3 `spec` has no key `clam`; did you mean `claim`?',
      'y/a.yaml:3:18 `a` is the name of the scenario in x/a.yaml already',
      'z/a.yaml:3:18 `a` is the name of the scenario in x/a.yaml already',
    ]);
  });

  it('tells the mistakes of a manifest file once, however many scenarios use it, and refuses them all', async () => {
    await write('m/pod.yaml', 'apiVersion: v1\nkind: Pod\n');
    await write('s/a.yaml', scenario('a', '  manifests: [../m/pod.yaml]\n'));
    await write('s/b.yaml', scenario('b', '  manifests: [../m/pod.yaml]\n'));
    await write('s/c.yaml', scenario('c'));
    expect(await load(join(folder, 's'))).toMatchObject({
      names: ['c'],
      problems: ['m/pod.yaml:1:1 a manifest must have `metadata` with a `name`'],
    });
  });

  it('ends when it is told to', async () => {
    const file = await write('a.yaml', scenario('a'));
    const reason = new Error('enough');
    await expect(loadScenarios([file], { checker: fakeChecker }, AbortSignal.abort(reason))).rejects.toBe(
      reason,
    );
  });

  it('checks each expression against the names of its own world', async () => {
    const seen: (readonly [string, ExpressionScope, string])[] = [];
    await loadScenarios([join(good, 'everything.yaml')], {
      checker: {
        ...fakeChecker,
        check: (source, scope, expected) => {
          seen.push([source, scope, expected]);
          return undefined;
        },
      },
    });
    const scopes = seen.filter(([source]) => source.includes('before.web.uid')).map(([, scope]) => scope);
    expect(scopes[0]).toMatchObject({
      observations: ['before', 'round', 'after'],
      probes: ['inside', 'netns', 'node', 'nodeOf'],
    });
    expect(scopes.some((scope) => scope.let.length === 1 && scope.let[0]?.source === 'pods.idle')).toBe(true);
    expect(seen.find(([source]) => source === 'pods["web"]')?.[2]).toBe('any');
    expect(seen.find(([source]) => source.startsWith('end.where'))?.[2]).toBe('bool');
  });
});

describe('a scenario with every key', () => {
  const loadEverything = async () => {
    const { scenarios } = await load(join(good, 'everything.yaml'));
    const [everything] = scenarios;
    if (everything === undefined) throw new Error('everything.yaml did not load');
    return everything;
  };

  it('is read as it was written', async () => {
    const everything = await loadEverything();
    expect(everything).toMatchObject({
      file: join(good, 'everything.yaml'),
      name: 'everything',
      labels: { topic: 'all', level: '1' },
      claim: 'Every key of the format can be used.',
      source: { document: 'the-format', section: '' },
      requires: ['veth', 'nodes>=2', 'ipv4', 'changeable-network'],
    });
    expect(everything.world.manifests.map(({ kind, name }) => `${kind}/${name}`)).toEqual([
      'ConfigMap/settings',
      'Pod/web',
      'Pod/idle',
      'Pod/other',
    ]);
    expect(everything.expectations[0]?.that).toEqual({
      source: "// A comment of CEL's.\nbefore.web.uid == after.web.uid\n  && probes.inside.exitCode == 0",
      file: everything.file,
      position: { line: 59, column: 13 },
    });
  });

  it('has its steps with their times and places', async () => {
    const { world } = await loadEverything();
    const steps = world.steps.map((step) => {
      const { position, ...rest } = step;
      return { ...rest, line: position.line, file: undefined };
    });
    const app = { pod: 'web', container: 'nginx' };
    const observe = (line: number, name: string) => ({ line, kind: 'observe', name, timeoutMs: 30_000 });
    const probe = (
      line: number,
      name: string,
      place: object,
      argv: readonly string[],
      timeoutMs = 10_000,
    ) => ({
      line,
      kind: 'probe',
      name,
      place,
      argv,
      timeoutMs,
    });
    expect(steps).toEqual([
      observe(27, 'before'),
      probe(28, 'inside', { kind: 'container', ...app }, ['wget', '-qO-', 'http://127.0.0.1'], 90_000),
      probe(29, 'netns', { kind: 'netns', pod: 'web' }, ['sh', '-c', 'ip -json link | wc -c']),
      probe(33, 'node', { kind: 'node', node: 'node-1' }, ['true']),
      probe(34, 'nodeOf', { kind: 'node-of', pod: 'web' }, ['true']),
      { line: 35, kind: 'apply', timeoutMs: 120_000, manifests: [expect.objectContaining({ name: 'late' })] },
      { line: 41, kind: 'kill', pod: 'web', victim: { container: 'nginx' }, timeoutMs: 500 },
      { line: 42, kind: 'kill', pod: 'web', victim: 'sandbox', timeoutMs: 30_000 },
      { line: 43, kind: 'restart', ...app, timeoutMs: 60_000 },
      { line: 44, kind: 'reconfigure', change: { fields: { mtu: 1400 } }, timeoutMs: 10_000 },
      {
        line: 45,
        kind: 'reconfigure',
        change: { plugin: join(good, 'manifests/list.json') },
        timeoutMs: 30_000,
      },
      expect.objectContaining({ line: 46, kind: 'wait', forMs: 5_000, timeoutMs: 35_000 }),
      expect.objectContaining({ line: 47, kind: 'wait', forMs: 500, timeoutMs: 120_000 }),
      { line: 48, kind: 'delete', targets: [{ kind: 'Pod', name: 'late' }], timeoutMs: 60_000 },
      { line: 49, kind: 'delete', targets: [{ kind: 'ConfigMap', name: 'settings' }], timeoutMs: 10_000 },
      {
        line: 50,
        kind: 'repeat',
        times: 3,
        timeoutMs: 3 * (60_000 + 300_000),
        steps: [
          expect.objectContaining({ kind: 'restart', position: { line: 53, column: 13 } }),
          expect.objectContaining({
            kind: 'repeat',
            position: { line: 54, column: 13 },
            times: 2,
            timeoutMs: 300_000,
            steps: [expect.objectContaining({ kind: 'observe', name: 'round' })],
          }),
        ],
      },
      observe(55, 'after'),
    ]);
  });

  it('has controls that take what they do not state', async () => {
    const { world, controls } = await loadEverything();
    const [another, nothing] = controls;
    expect(another).toMatchObject({ name: 'another pod', refutes: ['same'] });
    expect(another?.world.steps).toEqual(world.steps);
    expect(another?.world.manifests).toEqual(world.manifests);
    expect(another?.world.let.map(({ name, value }) => [name, value.source])).toEqual([['web', 'pods.idle']]);
    expect(nothing?.world.steps).toEqual([expect.objectContaining({ kind: 'observe', name: 'before' })]);
    expect(nothing?.world.let).toEqual(world.let);
    expect(nothing?.world.manifests.map(({ name }) => name)).toEqual(['settings', 'web']);
  });

  it('knows where the parts of its manifests stand', async () => {
    const { world } = await loadEverything();
    const list = await readFile(join(good, 'manifests/list.json'), 'utf8');
    const columnOf = (text: string) => (list.split('\n')[5]?.indexOf(text) ?? -1) + 1;
    const [, web, idle, other] = world.manifests;
    expect(web?.file).toBe(join(good, 'manifests/list.json'));
    expect(web?.position(['spec', 'containers', 0, 'image'])).toEqual({
      line: 6,
      column: columnOf('"nginx"}'),
    });
    expect(web?.position(['spec', 'containers', 0, 'image'], 'key')).toEqual({
      line: 6,
      column: columnOf('"image"'),
    });
    expect(web?.position(['spec', 'containers', 0, 'ports', 1])).toEqual({
      line: 6,
      column: columnOf('{"name": "nginx"'),
    });
    expect(idle?.file).toBe(join(good, 'everything.yaml'));
    expect(idle?.position([])).toEqual({ line: 15, column: 7 });
    expect(idle?.position(['spec', 'containers', 0, 'name'])).toEqual({ line: 20, column: 29 });
    // What was merged stands where it was written first.
    expect(other?.position(['spec', 'containers', 0, 'name'])).toEqual({ line: 20, column: 29 });
    expect(other?.position(['metadata', 'name'])).toEqual({ line: 21, column: 36 });
  });
});

describe('what loading never does', () => {
  it('never throws, whatever a file is cut to', async () => {
    const text = await readFile(join(good, 'everything.yaml'), 'utf8');
    const outcomes = new Set<string>();
    for (let length = 0; length < text.length; length += 7) {
      const file = await write('everything.yaml', text.slice(0, length));
      const { scenarios, problems } = await loadScenarios([file], { checker: fakeChecker });
      // Nothing is dropped silently: without an error there is a scenario.
      const failed = problems.some(({ severity }) => severity === 'error');
      expect(scenarios).toHaveLength(failed ? 0 : 1);
      outcomes.add(failed ? 'problems' : 'scenario');
    }
    expect(outcomes).toContain('problems');
  });

  it('never reads line breaks of Windows as something else', async () => {
    const text = await readFile(join(good, 'everything.yaml'), 'utf8');
    await write('manifests/list.json', await readFile(join(good, 'manifests/list.json'), 'utf8'));
    const file = await write('everything.yaml', text);
    const unix = await loadScenarios([file], { checker: fakeChecker });
    await write('everything.yaml', text.replaceAll('\n', '\r\n'));
    const windows = await loadScenarios([file], { checker: fakeChecker });
    expect(unix.scenarios).toHaveLength(1);
    expect(JSON.stringify(windows)).toBe(JSON.stringify(unix));
  });
});

describe('loadManifests', () => {
  it('gives all objects of a file, and skips what a template left empty', async () => {
    const pod = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\n`;
    const file = await write('m.yaml', `# first\n---\n${pod('a')}---\n# none\n---\nnull\n---\n${pod('b')}`);
    const { manifests, problems } = await loadManifests(file);
    expect(problems).toEqual([]);
    expect(manifests.map((pod) => [pod.name, pod.position(['metadata', 'name']).line])).toEqual([
      ['a', 5],
      ['b', 13],
    ]);
  });

  it('names what it cannot read', async () => {
    const { problems } = await loadManifests(join(folder, 'gone.yaml'));
    expect(problems.map(formatProblem)).toEqual([`${folder}/gone.yaml:1:1 does not exist`]);
  });
});
