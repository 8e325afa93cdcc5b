import { describe, expect, it } from '@jest/globals';
import { NetclaimsError } from '../domain/error.js';
import { fakeCluster, hang } from './testing/fake-cluster.js';
import { isFalse } from './testing/fake-instruments.js';
import { runSteps } from './testing/run-plan.js';
import { expression, pod, step, type BareStep } from './testing/scenarios.js';

const observe: BareStep = { kind: 'observe', name: 'now' };

describe('runWorld', () => {
  it('tells what it does, in order', async () => {
    const { events } = await runSteps(
      [observe, { kind: 'wait', until: expression('it'), timeoutMs: 5, forMs: 0 }],
      {
        conditions: { it: () => isFalse },
      },
    );
    expect(events.map((event) => [event.kind, 'step' in event ? event.step : ''].join(' ').trim())).toEqual([
      'world-started',
      'step-started apply manifests',
      'step-finished apply manifests',
      'step-started observe now',
      'step-finished observe now',
      'step-started wait until it',
      'step-finished wait until it',
      'world-finished',
    ]);
    const unmet = {
      code: 'step/unmet',
      what: 'a.yaml:9:5 wait until it: did not become true within 5 ms: x is false',
    };
    expect(events.slice(-2)).toMatchObject([{ index: 2, failure: unmet }, { failure: unmet }]);
  });

  it('writes down the `let` names', async () => {
    expect((await runSteps([])).report.let).toEqual({ so: 'true' });
  });

  it('writes down what the steps after an early end would have seen', async () => {
    const probe: BareStep = { kind: 'probe', name: 'p', place: { kind: 'netns', pod: 'web' }, argv: ['x'] };
    const again = step({ kind: 'observe', name: 'again' });
    const steps: BareStep[] = [
      observe,
      { kind: 'restart', pod: 'web', container: 'nginx' },
      probe,
      { kind: 'repeat', times: 2, steps: [again, step(probe)] },
      observe,
    ];
    const restartFails = (call: string) =>
      call.startsWith('restart') ? Promise.reject(new Error('no')) : Promise.resolve(undefined);
    expect((await runSteps(steps, { intercept: restartFails })).report).toMatchObject({
      observations: { now: {} },
      missed: { observations: ['again', 'now'], probes: ['p'] },
    });
    expect((await runSteps(steps)).report).not.toHaveProperty('missed');
  });

  it('closes a world whose manifests did not get ready', async () => {
    const fail = new NetclaimsError({ code: 'pod/not-ready', what: 'web exited', remedy: 'look' });
    const { report, cluster, close } = await runSteps([observe], {
      intercept: (call) => (call.startsWith('apply') ? Promise.reject(fail) : Promise.resolve(undefined)),
    });
    expect(report).toMatchObject({
      observations: {},
      failure: {
        ...{ code: 'pod/not-ready', what: 'web exited', where: 'applying the manifests' },
        ...{ evidence: [], remedy: 'look' },
      },
    });
    expect(cluster.open).toEqual(['ns']);
    expect(await close()).toBeNull();
    expect(cluster.open).toEqual([]);
  });

  it('has nothing to close when the world could not be opened', async () => {
    const { report, close, calls } = await runSteps([observe], {
      intercept: (call) =>
        call.startsWith('open') ? Promise.reject(new Error('no')) : Promise.resolve(undefined),
    });
    expect(report.failure).toMatchObject({
      ...{ code: 'harness/unexpected', what: 'no', where: 'applying the manifests' },
      evidence: expect.arrayContaining([expect.stringMatching(/^at .*run-world\.test/)]),
      remedy: expect.stringContaining('report the bug'),
    });
    expect(await close()).toBeNull();
    expect(calls).toEqual(['open ns']);
  });

  it('closes once, and says why that failed', async () => {
    const { close, cluster } = await runSteps([], {
      intercept: (call) =>
        call.startsWith('close') ? Promise.reject(new Error('busy')) : Promise.resolve(undefined),
    });
    const failure = expect.objectContaining({
      code: 'harness/unexpected',
      what: 'busy',
      where: 'removing ns',
    });
    expect([await close(), await close()]).toEqual([failure, failure]);
    expect(cluster.calls.filter((call) => call.startsWith('close'))).toEqual(['close ns']);
  });

  const inner = step({ kind: 'restart', pod: 'web', container: 'nginx' });
  it.each<[string, BareStep | undefined, string]>([
    ['setting up', undefined, 'apply'],
    ['observe', observe, 'pods'],
    ['probe', { kind: 'probe', name: 'p', place: { kind: 'netns', pod: 'web' }, argv: ['x'] }, 'node'],
    ['apply', { kind: 'apply', manifests: [pod('b', 'c')] }, 'apply ns b'],
    ['delete', { kind: 'delete', targets: [{ kind: 'Pod', name: 'web' }] }, 'delete'],
    ['kill', { kind: 'kill', pod: 'web', victim: 'sandbox' }, 'node'],
    ['restart', { kind: 'restart', pod: 'web', container: 'nginx' }, 'restart'],
    ['wait', { kind: 'wait', until: expression('it'), timeoutMs: 5_000, forMs: 0 }, 'pods'],
    ['repeat', { kind: 'repeat', times: 2, steps: [inner] }, 'restart'],
  ])('stops at once when it is interrupted in %s, and can still be closed', async (_, bare, at) => {
    const ctrlC = new AbortController();
    const began = Date.now();
    const { report, cluster, close, calls } = await runSteps(bare === undefined ? [] : [bare], {
      signal: ctrlC.signal,
      conditions: { it: () => isFalse },
      intercept: (call, signal) => {
        if (!call.startsWith(at) || signal === undefined) return Promise.resolve(undefined);
        setTimeout(() => ctrlC.abort(), 5);
        return hang(signal);
      },
    });
    expect(Date.now() - began).toBeLessThan(3_000);
    expect(report.failure).toMatchObject({
      code: 'run/interrupted',
      what: 'the run was interrupted',
    });
    expect(report).toMatchObject({ probes: {}, observations: {}, unmetWaits: [] });
    expect(await close()).toBeNull();
    expect(cluster.open).toEqual([]);
    expect(calls[0]).toBe('open ns');
  });

  it('stops a wait that is between two readings', async () => {
    const ctrlC = new AbortController();
    const cluster = fakeCluster();
    const it = () => {
      setTimeout(() => ctrlC.abort(), 5);
      return isFalse;
    };
    const wait: BareStep = { kind: 'wait', until: expression('it'), timeoutMs: 60_000, forMs: 0 };
    const { report } = await runSteps([wait], { cluster, signal: ctrlC.signal, conditions: { it } });
    expect(report.failure?.code).toBe('run/interrupted');
  });
});
