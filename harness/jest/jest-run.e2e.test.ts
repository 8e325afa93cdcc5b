import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageFile } from '../clusters/package-file.js';
import { leftSince, takeInventory, type Inventory } from '../e2e/inventory.js';
import { startCli } from '../e2e/run-cli.js';

const minutes = (count: number) => count * 60_000;

/** Jest's own JSON, as far as it is looked at. */
interface Results {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

interface JestRun {
  readonly process: ChildProcess;
  readonly ended: Promise<{
    readonly exitCode: number | null;
    readonly stdout: string;
    readonly stderr: string;
  }>;
}

/** Starts Jest as somebody else does: without V8's module API, which the tests of netclaims itself need. */
const startJest = (
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): JestRun => {
  const child = spawn('node', [packageFile('node_modules', 'jest', 'bin', 'jest.js'), ...args], {
    cwd: folder,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      NETCLAIMS_CLUSTER: 'containerd',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Awaited<JestRun['ended']>>((resolve) => {
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return { process: child, ended };
};

const runJest = async (
  folder: string,
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
): Promise<{ readonly exitCode: number | null; readonly results: Results; readonly stderr: string }> => {
  const { exitCode, stdout, stderr } = await startJest(folder, [...args, '--json'], env).ended;
  return { exitCode, stderr, results: JSON.parse(stdout) as Results };
};

const statuses = ({ testResults }: Results): Readonly<Record<string, string>> =>
  Object.fromEntries(
    testResults.flatMap(({ assertionResults }) =>
      assertionResults.map(({ fullName, status }) => [fullName, status]),
    ),
  );

const failureOf = ({ testResults }: Results, fullName: string): string =>
  testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter((one) => one.fullName === fullName)
    .flatMap(({ failureMessages }) => failureMessages)
    .join('\n');

/** A project of somebody else, with netclaims installed. */
let project: string;
let scenarios: Readonly<Record<string, string>>;
let before: Inventory;

beforeAll(async () => {
  project = await mkdtemp('/tmp/e2e-jest-');
  await mkdir(join(project, 'node_modules'));
  await mkdir(join(project, 'scenarios'));
  await symlink(packageFile(), join(project, 'node_modules', 'netclaims'));
  await cp(packageFile('manifests'), join(project, 'manifests'), { recursive: true });
  await writeFile(join(project, 'package.json'), '{ "type": "module" }\n');
  await writeFile(
    join(project, 'jest.config.js'),
    "export default { projects: [{ displayName: 'claims', preset: 'netclaims' }] };\n",
  );
  const text = await readFile(packageFile('scenarios', 'veth-presence.yaml'), 'utf8');
  const named = (name: string) => text.replace('name: veth-presence', `name: ${name}`);
  scenarios = {
    'veth-presence': text,
    refuted: named('refuted').replace('link.eth0.kind == "veth"', 'link.eth0.kind == "macvlan"'),
    broken: named('broken')
      .replace('link.eth0.kind ==', 'link.eth0.knd ==')
      .replace('refutes: [veth]', 'refutes: [vet]'),
    services: named('services').replace('requires: [veth]', 'requires: [services]'),
  };
  for (const [name, content] of Object.entries(scenarios)) {
    await writeFile(join(project, 'scenarios', `${name}.yaml`), content);
  }
});
afterAll(() => rm(project, { recursive: true }));

beforeEach(async () => {
  await startCli('facts', '--cluster', 'containerd').ended;
  before = await takeInventory();
});
afterEach(async () => {
  expect(await leftSince(before)).toEqual([]);
});

describe('jest on scenario files', () => {
  it(
    'runs those of netclaims itself on one cluster, a test for each expectation and each control',
    async () => {
      // That all of them pass under Jest, the project `scenarios` of this checkout shows.
      const { exitCode, results, stderr } = await runJest(packageFile(), [
        ...['scenarios/[a-z-]*\\.yaml', 'scenarios/network-namespaces/', '-w', '2'],
      ]);
      expect(results.testResults.length).toBeGreaterThanOrEqual(6);
      expect(results.testResults.map(({ message }) => message).filter(Boolean)).toEqual([]);
      const all = statuses(results);
      expect(Object.entries(all).filter(([, status]) => status !== 'passed')).toEqual([]);
      expect(Object.keys(all)).toEqual(
        expect.arrayContaining([
          'shared-namespace same-netns: p1 and p2 are in one network namespace.',
          "veth-presence control: a pod on the node's network refutes on-the-node, ethtool",
        ]),
      );
      expect(exitCode).toBe(0);
      expect(stderr.match(/booting 2 nodes/g)).toHaveLength(1);
    },
    minutes(10),
  );

  it(
    'says of a refuted expectation what the terminal report says, and of a broken file where, beside others',
    async () => {
      const { exitCode, results } = await runJest(project, ['refuted', 'broken', 'services']);
      expect(exitCode).toBe(1);
      const veth = "refuted veth: Every pod's eth0 is a veth.";
      const { [veth]: vethStatus, ...others } = statuses(results);
      expect(vethStatus).toBe('failed');
      for (const [name, status] of Object.entries(others)) {
        expect([name, status]).toEqual([name, name.startsWith('refuted ') ? 'passed' : 'pending']);
      }
      expect(results).toMatchObject({ numFailedTests: 1, numPassedTests: 7, numPendingTests: 8 });
      const failure = failureOf(results, veth);
      expect(failure).toMatch(/^veth REFUTED {2}before\.pods\.all/);
      expect(failure).toContain('before.pods[name].link.eth0.kind  "veth"');
      expect(failure).toMatch(/\n {2}replay: nsenter .* ip .*show/);
      const skipped = Object.keys(others).filter((name) => name.startsWith('services '));
      expect(skipped).toHaveLength(8);
      for (const name of skipped) expect(name).toContain('(not applicable: needs `services`');

      const broken = results.testResults.find(({ name }) => name.endsWith('/broken.yaml'));
      expect(broken?.assertionResults).toEqual([]);
      expect(broken?.message).toMatch(/scenarios\/broken\.yaml:\d+:\d+ Link has no field "knd"/);
      expect(broken?.message).toMatch(/scenarios\/broken\.yaml:\d+:\d+ no expectation has the id `vet`/);
    },
    minutes(3),
  );

  it(
    'runs what -t names',
    async () => {
      const { exitCode, results } = await runJest(project, ['veth-presence', '-t', 'veth: Every']);
      expect(exitCode).toBe(0);
      const { numPassedTests, numPendingTests } = results;
      expect([numPassedTests, numPendingTests]).toEqual([1, 7]);
    },
    minutes(2),
  );

  it('deals the files out to shards', async () => {
    const shard = async (which: string) => {
      const { stdout } = await startJest(project, ['--listTests', '--shard', which]).ended;
      return stdout.trim().split('\n');
    };
    const [one, two] = [await shard('1/2'), await shard('2/2')];
    expect([one.length, two.length]).toEqual([2, 2]);
    expect([...one, ...two].sort()).toEqual(
      Object.keys(scenarios)
        .sort()
        .map((name) => join(project, 'scenarios', `${name}.yaml`)),
    );
  });

  it('tells the mistakes in a file where there can be no cluster, and why there is none beside', async () => {
    const { exitCode, results } = await runJest(project, ['broken', 'refuted'], { NETCLAIMS_CLUSTER: 'knd' });
    expect(exitCode).toBe(1);
    const messageOf = (name: string) =>
      results.testResults.find((one) => one.name.endsWith(`/${name}.yaml`))?.message;
    expect(messageOf('broken')).toMatch(/broken\.yaml:\d+:\d+ Link has no field "knd"/);
    expect(messageOf('refuted')).toContain('usage/no-provider: this version of netclaims makes no cluster');
  });

  it(
    'leaves nothing when it is interrupted or killed, or the next run removes it',
    async () => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
        const run = startJest(project, ['veth-presence', 'services', '-w', '2']);
        while ((await takeInventory()).processes.length <= before.processes.length + 4) await sleep(100);
        run.process.kill(signal);
        await run.ended;
        // Of a killed run the kernel leaves what is empty; the next one removes that.
        if (signal === 'SIGKILL') await startCli('facts', '--cluster', 'containerd').ended;
        expect(await leftSince(before)).toEqual([]);
      }
    },
    minutes(3),
  );
});

describe("jest in netclaims' own checkout", () => {
  it('says what to do when dist/ is older than the sources', async () => {
    const built = packageFile('dist', '.built');
    const { atime, mtime } = await stat(built);
    try {
      await utimes(built, 1, 1);
      const { exitCode, stderr } = await startJest(packageFile(), ['scenarios/veth-presence.yaml']).ended;
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/dist\/ is older than harness\/\S+\.ts\n→ npm run build/);
    } finally {
      await utimes(built, atime, mtime);
    }
  });
});
