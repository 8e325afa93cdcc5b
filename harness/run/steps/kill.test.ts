import { describe, expect, it } from '@jest/globals';
import { fakeCluster, withoutProcess } from '../testing/fake-cluster.js';
import { runSteps } from '../testing/run-plan.js';

const killNginx = { kind: 'kill', pod: 'web', victim: { container: 'nginx' } } as const;

describe('kill', () => {
  it('ends the process of a container and sees it gone', async () => {
    const { calls, report } = await runSteps([killNginx, { kind: 'observe', name: 'after' }]);
    expect(calls.at(-1)).toMatch(/^node node-1 kill -KILL \d+$/);
    expect(report.observations.after?.pods.web).toMatchObject({
      containers: { nginx: { state: 'exited' }, side: { state: 'running' } },
    });
  });

  it('ends the pause process', async () => {
    const { report } = await runSteps([
      { kind: 'kill', pod: 'web', victim: 'sandbox' },
      { kind: 'observe', name: 'after' },
    ]);
    expect(report.observations.after?.pods.web).toMatchObject({ sandbox: { alive: false } });
  });

  it('waits until the runtime has seen the end', async () => {
    const pidOf = (call: string) => Number(call.split(' ').at(-1));
    const cluster = fakeCluster({
      slowToNotice: true,
      intercept: (call) => {
        // A change that is not the end comes first.
        if (call.includes('kill')) {
          setTimeout(() => cluster.change((pod) => ({ ...pod, ips: [] })), 10);
          setTimeout(() => cluster.change(withoutProcess(pidOf(call))), 30);
        }
        return Promise.resolve(undefined);
      },
    });
    const { report } = await runSteps([killNginx, { kind: 'observe', name: 'after' }], { cluster });
    expect(report.observations.after?.pods.web).toMatchObject({ containers: { nginx: { state: 'exited' } } });
  });

  it('fails when the process never ends', async () => {
    const { report } = await runSteps([{ ...killNginx, timeoutMs: 40 }], { slowToNotice: true });
    expect(report.failure).toEqual({
      code: 'step/timeout',
      what: 'did not end within 40 ms',
      where: 'a.yaml:9:5 kill web/nginx',
      evidence: [],
      remedy: 'give it more time (`timeout`), if that is what it needs',
    });
  });

  it('fails when there is nothing to kill', async () => {
    const { report } = await runSteps([killNginx, killNginx]);
    expect(report.failure).toMatchObject({
      code: 'pod/no-process',
      what: 'container nginx of pod web has no process to kill',
      evidence: expect.arrayContaining([expect.stringContaining('nginx is exited')]),
    });
  });

  it('fails when the process could not be killed', async () => {
    const { report } = await runSteps([killNginx], {
      intercept: (call) =>
        Promise.resolve(
          call.includes('kill') ? { exitCode: 1, stdout: '', stderr: 'No such process\n' } : undefined,
        ),
    });
    expect(report.failure).toMatchObject({
      code: 'probe/kill-failed',
      evidence: [
        expect.stringContaining('No such process'),
        expect.stringContaining('replay: on node-1: kill -KILL'),
      ],
    });
  });
});
