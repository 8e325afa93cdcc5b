import { NetclaimsError } from '../../domain/error.js';
import type { PodRecord } from '../../domain/pod-record.js';
import { watch } from '../watch.js';
import { findContainer, findNode, findPod } from './find.js';
import type { StepOf, StepRunner } from './step-runner.js';

/** Kills the first process of a container, or the pause process, with SIGKILL and waits until the runtime has seen it end. */
export const kill: StepRunner<'kill'> = async (step, { cluster, world }, signal) => {
  const pod = await findPod(world, step.pod, signal);
  const pid = pidOf(pod, step.victim);
  if (pid === undefined) throw nothingToKill(step, pod);
  const node = findNode(cluster, pod.node);
  const command = { argv: ['kill', '-KILL', String(pid)] };
  const result = await node.exec({ ...command, timeoutMs: step.timeoutMs }, signal);
  if (result.exitCode !== 0) {
    throw new NetclaimsError({
      code: 'probe/kill-failed',
      what: `process ${pid} could not be killed`,
      evidence: [result.stderr.trim(), `replay: ${node.replay(command)}`],
    });
  }
  const look = async () => {
    const now = (await world.pods(signal)).find(({ uid }) => uid === pod.uid);
    return now !== undefined && pidOf(now, step.victim) === pid ? 'on-change' : 'enough';
  };
  await watch(world, look, () => step.timeoutMs, signal);
  return undefined;
};

const pidOf = (pod: PodRecord, victim: StepOf<'kill'>['victim']): number | undefined => {
  const pid = victim === 'sandbox' ? runningPid(pod.sandbox) : findContainer(pod, victim.container).pid;
  return pid > 0 ? pid : undefined;
};

/** A sandbox that is not ready has lost its process, whatever pid is still on record. */
const runningPid = (sandbox: PodRecord['sandbox']): number => (sandbox.ready ? sandbox.pid : -1);

const nothingToKill = (step: StepOf<'kill'>, pod: PodRecord): NetclaimsError =>
  new NetclaimsError({
    code: 'pod/no-process',
    what:
      step.victim === 'sandbox'
        ? `the sandbox of pod ${pod.name} has no process to kill`
        : `container ${step.victim.container} of pod ${pod.name} has no process to kill`,
    evidence: [
      `pod ${pod.name} is ${pod.phase}, its sandbox is ${pod.sandbox.ready ? 'ready' : 'not ready'}`,
      ...pod.containers.map(
        ({ name, state, restarts }) => `${name} is ${state}, restarted ${restarts} times`,
      ),
    ],
    remedy: 'put a `wait` before the step, until what it kills runs',
  });
