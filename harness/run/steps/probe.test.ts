import { describe, expect, it } from '@jest/globals';
import type { FailureCode } from '../../domain/failure-codes.js';
import { failure } from '../../domain/testing/failure.js';
import { NetclaimsError } from '../../domain/error.js';
import { redactedMark } from '../../domain/redact.js';
import type { ProbePlace } from '../../domain/scenario.js';
import { clusterLost, type Intercept } from '../testing/fake-cluster.js';
import { runSteps } from '../testing/run-plan.js';
import type { BareStep } from '../testing/scenarios.js';

const probeIn = (place: ProbePlace): BareStep => ({ kind: 'probe', name: 'p', place, argv: ['ip', 'link'] });
const inWeb = probeIn({ kind: 'container', pod: 'web', container: 'nginx' });

describe('probe', () => {
  it.each<[ProbePlace, string, string]>([
    [
      { kind: 'container', pod: 'web', container: 'nginx' },
      'exec ns web/nginx ip link',
      'in web/nginx: ip link',
    ],
    [{ kind: 'netns', pod: 'web' }, 'node node-1 /netns/web ip link', 'on node-1: in /netns/web: ip link'],
    [{ kind: 'node', node: 'node-1' }, 'node node-1 ip link', 'on node-1: ip link'],
    [{ kind: 'node-of', pod: 'web' }, 'node node-1 ip link', 'on node-1: ip link'],
  ])('runs in %j', async (place, call, replay) => {
    const { calls, report } = await runSteps([probeIn(place)]);
    expect(calls.at(-1)).toBe(call);
    expect(report.probes.p).toMatchObject({
      read: true,
      evidence: { node: 'node-1', argv: ['ip', 'link'], replay },
    });
  });

  const withEnv = (source: string, name = 'SEEN'): BareStep => ({
    kind: 'probe',
    name: 'p',
    place: { kind: 'container', pod: 'web', container: 'nginx' },
    argv: ['sh', '-c', 'echo $SEEN'],
    env: [{ name, value: { source, file: 's.yaml', position: { line: 1, column: 1 } } }],
  });
  const before: BareStep = { kind: 'observe', name: 'before' };

  it('gives the command what an expression comes to', async () => {
    const { calls, report } = await runSteps([
      before,
      withEnv('before.pods.web.name + " on " + pods.web.node'),
    ]);
    expect(calls.at(-1)).toBe('exec ns web/nginx SEEN=web on node-1 sh -c echo $SEEN');
    expect(report.probes.p).toMatchObject({
      read: true,
      evidence: { argv: ['env', 'SEEN=web on node-1', 'sh', '-c', 'echo $SEEN'] },
    });
  });

  it('has the value of a secret variable neither in an argv nor in what it tells', async () => {
    const { calls, report } = await runSteps([before, withEnv('before.pods.web.name', 'A_PASSWORD')]);
    expect(calls.at(-1)).toBe('exec ns web/nginx A_PASSWORD=web sh -c echo $SEEN');
    expect(report.probes.p).toMatchObject({
      evidence: {
        argv: ['env', `A_PASSWORD=${redactedMark}`, 'sh', '-c', 'echo $SEEN'],
        replay: `in web/nginx: env A_PASSWORD=${redactedMark} sh -c echo $SEEN`,
      },
    });
  });

  it('sets a variable that other tools read for the command only', async () => {
    const { calls } = await runSteps([before, withEnv('"/odd"', 'PATH')]);
    expect(calls.at(-1)).toBe('exec ns web/nginx env PATH=/odd sh -c echo $SEEN');
  });

  it('has no result when the command is not there, which `env` says by an exit code', async () => {
    const missing = { exitCode: 127, stdout: '', stderr: 'env: sh: No such file or directory\n' };
    const { report } = await runSteps([before, withEnv('"x"', 'PATH')], {
      intercept: failing('exec', () => missing),
    });
    expect(report.probes.p).toMatchObject({
      read: false,
      reason: '`sh` could not be started\nenv: sh: No such file or directory',
    });
    const own = { exitCode: 127, stdout: '', stderr: 'sh: foo: not found\n' };
    const other = await runSteps([before, withEnv('"x"', 'PATH')], { intercept: failing('exec', () => own) });
    expect(other.report.probes.p).toMatchObject({ read: true, evidence: own });
  });

  it('has no result where an expression has no value, and then runs nothing', async () => {
    const { calls, report } = await runSteps([before, withEnv('pods.gone.name')]);
    expect(report.probes.p).toMatchObject({
      read: false,
      reason: 'its variable SEEN has no value: pods has no entry "gone"; it has: web',
    });
    expect(calls.filter((call) => call.startsWith('exec'))).toEqual([]);
  });

  it('takes an exit code for a fact', async () => {
    const result = { exitCode: 1, stdout: 'out', stderr: 'err' };
    const { report } = await runSteps([inWeb], { intercept: failing('exec', () => result) });
    expect(report.probes.p).toMatchObject({ read: true, evidence: result });
    expect(report.failure).toBeNull();
  });

  it.each<[string, FailureCode]>([
    ['was not started', 'probe/not-started'],
    ['ran out of time', 'probe/timeout'],
    ['had no container', 'pod/not-found'],
  ])('has no result when it %s, and the next step is run', async (what, code) => {
    const fail = () => {
      throw new NetclaimsError({ code, what, evidence: ['the evidence'] });
    };
    const { report } = await runSteps([inWeb, { kind: 'observe', name: 'after' }], {
      intercept: failing('exec', fail),
    });
    expect(report.probes.p).toEqual({
      name: 'p',
      read: false,
      reason: `${what}\nthe evidence`,
      replay: 'in web/nginx: ip link',
    });
    expect(Object.keys(report.observations)).toEqual(['after']);
    expect(report.failure).toBeNull();
  });

  it.each<[ProbePlace, string]>([
    [{ kind: 'container', pod: 'gone', container: 'nginx' }, 'there is no pod gone\npods of ns: web'],
    [
      { kind: 'container', pod: 'web', container: 'no' },
      'pod web has no container no\nits containers: nginx, side',
    ],
    [{ kind: 'netns', pod: 'gone' }, 'there is no pod gone\npods of ns: web'],
  ])('has no result in %j', async (place, reason) => {
    const { report } = await runSteps([probeIn(place)]);
    expect(report.probes.p).toEqual({ name: 'p', read: false, reason, replay: '' });
  });

  it('keeps the exit code of a command whose output was cut', async () => {
    const cut = { exitCode: 3, stdout: 'a…z', stderr: '', dropped: { stdout: 7, stderr: 0 } };
    const { report } = await runSteps([inWeb], { intercept: failing('exec', () => cut) });
    expect(report.probes.p).toMatchObject({ read: true, evidence: cut });
  });

  it('says why a command broke, unless the claim is about that', async () => {
    const crash = { exitCode: 139, stdout: '', stderr: '' };
    const intercept = failing('exec', () => crash);
    const { report } = await runSteps([inWeb], { intercept });
    expect(report.probes.p).toMatchObject({
      read: true,
      evidence: crash,
      broken: 'the command was ended by SIGSEGV (139)',
    });
    const asked = await runSteps([{ ...inWeb, anyExit: true } as typeof inWeb], { intercept });
    expect(asked.report.probes.p).not.toHaveProperty('broken');
  });

  it('ends the world when the cluster is gone', async () => {
    const { report } = await runSteps([inWeb, { kind: 'observe', name: 'after' }], {
      intercept: failing('exec', () => {
        throw clusterLost();
      }),
    });
    expect(report.failure).toEqual(
      failure('cluster/cri-lost', 'containerd does not answer', {
        where: 'a.yaml:9:5 probe p in web/nginx',
        remedy: 'run it again',
      }),
    );
    expect(report.probes).toEqual({});
    expect(report.observations).toEqual({});
  });

  it('names the nodes there are', async () => {
    const { report } = await runSteps([probeIn({ kind: 'node', node: 'no' })]);
    expect(report.failure).toMatchObject({
      code: 'usage/node',
      evidence: ['nodes of the cluster: node-1'],
    });
  });
});

const failing =
  (start: string, answer: () => { exitCode: number; stdout: string; stderr: string }): Intercept =>
  (call) =>
    Promise.resolve().then(() => (call.startsWith(start) ? answer() : undefined));
