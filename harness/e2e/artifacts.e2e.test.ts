import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '../domain/report.js';
import { reportFormats } from '../reports/index.js';
import { leftSince, takeInventory, type Inventory } from './inventory.js';
import { startCli } from './run-cli.js';
import { idle, podWith, scenarioFolder, type ScenarioFolder } from './scenario-folder.js';

// Each test starts the command line, which takes its time on a busy machine.
jest.setTimeout(240_000);

const run = (...args: readonly string[]) => startCli(...args, '--cluster', 'containerd').ended;

let before: Inventory;
let folder: ScenarioFolder;
beforeEach(async () => {
  await run('facts');
  before = await takeInventory();
  folder = await scenarioFolder();
});
afterEach(async () => {
  await folder[Symbol.asyncDispose]();
  expect(await leftSince(before)).toEqual([]);
});

const secret = 'k7-Qm2xWv9';
const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzZWNyZXQifQ.c2lnbmF0dXJl';

/** A pod whose variables and log have secrets: one that its name gives away, one that its form does. */
const talkative = podWith(
  [
    'name: main, image: busybox',
    `env: [{ name: DB_PASSWORD, value: "${secret}" }, { name: SEEN, value: "${token}" }]`,
    'command: [sh, -c, "echo it says $DB_PASSWORD and $SEEN; env; sleep 10000"]',
  ].join(', '),
);

/** The same, said by a probe that is told of because the expectation is refuted. */
const scenario = [
  'apiVersion: netclaims.dev/v1',
  'kind: Scenario',
  'metadata: { name: talks }',
  'spec:',
  '  claim: It keeps what it knows.',
  '  manifests: [pod.yaml]',
  '  steps:',
  '    - probe: { name: env, in: { pod: web, container: main }, run: [env] }',
  `    - probe: { name: echo, in: { pod: web, container: main }, env: { MY_TOKEN: "'${secret}'" }, run: [sh, -c, "echo $MY_TOKEN"] }`,
  '    - observe: now',
  '  expect:',
  '    - { id: env, says: It says nothing., that: probes.env.stdout == "" }',
  '    - { id: echo, says: It says nothing., that: probes.echo.stdout == "" }',
  '',
].join('\n');

const filesBelow = async (path: string) => {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

describe('what is saved where something fails', () => {
  it('has what there is to know, and no secret, as no report has one', async () => {
    await folder.put('pod.yaml', talkative);
    const file = await folder.put('talks.yaml', scenario);
    const out = join(folder.path, 'out');
    const formats = Object.keys(reportFormats);
    const reports = formats.flatMap((format) => [
      '--report',
      `${format}=${join(folder.path, `report.${format}`)}`,
    ]);
    const answer = await run('verify', file, '--artifacts', out, '--verbose', ...reports);
    expect(answer.exitCode).toBe(1);

    const { scenarios } = JSON.parse(await readFile(join(folder.path, 'report.json'), 'utf8')) as Report;
    const { diagnosis } = scenarios[0] ?? {};
    expect(diagnosis).toMatchObject({ folder: join(out, 'talks'), notes: [] });
    expect(diagnosis?.files).toEqual([
      'node-node-1-cni.txt',
      'node-node-1-firewall.txt',
      'node-node-1-log.txt',
      'node-node-1-network.txt',
      'pod-web-main-0.log',
      'pod-web-network.txt',
      'pod-web-side-0.log',
      'pod-web-status.txt',
      'pods.txt',
    ]);
    const saved = async (name: string) => readFile(join(out, 'talks', name), 'utf8');
    expect(await saved('node-node-1-cni.txt')).toContain('"cniVersion"');
    expect(await saved('node-node-1-cni.txt')).toMatch(
      /\/var\/lib\/cni\/results\/\S+-eth0\n.*"K8S_POD_NAME","web"/,
    );
    expect(await saved('node-node-1-log.txt')).toContain('RunPodSandbox');
    expect(await saved('pod-web-network.txt')).toMatch(
      /\$ nsenter --net=\S+ ip .*address show\n[^$]*eth0@if/,
    );
    expect(await saved('pod-web-main-0.log')).toMatch(/it says \[redacted-by-netclaims\] and \[redacted/);
    expect(await saved('pod-web-status.txt')).toMatch(/container main: running/);

    const written = [
      ...(await filesBelow(out)),
      ...formats.map((format) => join(folder.path, `report.${format}`)),
    ];
    const texts = await Promise.all(written.map((each) => readFile(each, 'utf8')));
    for (const text of [...texts, answer.stdout, answer.stderr]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(token);
      expect(text).not.toContain(Buffer.from(secret).toString('base64'));
    }
    for (const format of formats) {
      const text = await readFile(join(folder.path, `report.${format}`), 'utf8');
      expect([format, text.includes(join(out, 'talks'))]).toEqual([format, true]);
    }
  });

  it('is there of a pod that does not start, too', async () => {
    const ends = podWith(
      'name: main, image: busybox, command: [sh, -c, "echo last words; exit 3"]',
      'restartPolicy: Never',
    );
    const file = await folder.scenario('ends', ends, 'pods.web.name == "web"');
    const out = join(folder.path, 'out');
    const answer = await run('verify', file, '--artifacts', out);
    expect(answer.exitCode).toBe(2);
    expect(answer.stdout).toContain(`artifacts: ${join(out, 'ends')} (`);
    expect(await readFile(join(out, 'ends', 'pod-web-main-0.log'), 'utf8')).toContain('last words');
    expect(await readFile(join(out, 'ends', 'pod-web-status.txt'), 'utf8')).toMatch(
      /container main: ended with code 3/,
    );
  });

  it('has the headers of the packets that a probe sends, where that is asked for', async () => {
    await folder.put('pod.yaml', podWith(`name: main, ${idle}`));
    const probe = (name: string, argv: string, timeout: string) =>
      `    - probe: { name: ${name}, in: { pod: web, container: main }, run: [${argv}], timeout: ${timeout} }`;
    const steps = [
      probe('gateway', 'ping, -c, "1", 10.244.0.1', '10s'),
      probe('hangs', 'sleep, "100"', '1s'),
      '    - observe: now',
    ];
    const text = [
      ...scenario.split('\n').slice(0, 7),
      ...steps,
      '  expect: [{ id: so, says: It does not answer., that: probes.gateway.exitCode != 0 }]',
      '',
    ].join('\n');
    const file = await folder.put('packets.yaml', text.replace('name: talks', 'name: packets'));
    const out = join(folder.path, 'out');
    const answer = await run('verify', file, '--artifacts', out, '--capture');
    expect(answer.exitCode).toBe(1);
    const captures = (await readdir(join(out, 'packets'))).filter((name) => name.endsWith('.pcap'));
    expect(captures).toEqual(['capture-gateway.pcap', 'capture-hangs.pcap']);
    const read = ['-n', '-r', join(out, 'packets', 'capture-gateway.pcap')];
    expect(execFileSync('tcpdump', read, { encoding: 'utf8' })).toMatch(
      / IP 10\.244\.0\.\d+ > 10\.244\.0\.1: ICMP echo request/,
    );
  });

  it('is nothing where nothing fails', async () => {
    const file = await folder.scenario('fine', podWith(`name: main, ${idle}`), 'pods.web.name == "web"');
    const answer = await run('verify', file, '--artifacts', join(folder.path, 'out'));
    expect(answer.exitCode).toBe(0);
    await expect(readdir(join(folder.path, 'out'))).rejects.toThrow('ENOENT');
  });
});
