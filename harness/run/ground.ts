import type { Cluster, World } from '../domain/cluster.js';
import { deadline } from '../domain/deadline.js';
import { isSameFailure, sentenceOf, type Failure } from '../domain/failure.js';
import { allSteps, type WorldPlan } from '../domain/scenario.js';
import type { Ground } from '../domain/ground.js';
import type { WorldReport } from '../domain/world-report.js';

/** How long the look at a ground may take. One that does not answer by then is lost. */
const checkMs = 30_000;

/** A signal that is also aborted when a cluster or a world loses its ground. */
export const onGround = ({ ground }: { readonly ground?: Ground }, signal: AbortSignal): AbortSignal =>
  ground === undefined ? signal : AbortSignal.any([signal, ground.lost]);

/** @throws why what a world stood on was lost by now. Interrupting the run does not interrupt this. */
export const checkGround = async (
  cluster: Pick<Cluster, 'ground'>,
  world: Pick<World, 'ground'> | undefined,
): Promise<void> => {
  const signal = deadline(checkMs);
  await cluster.ground.check(signal);
  await world?.ground?.check(signal);
};

/** Whether a world's plan may end sandboxes of its own pods: then their ends are facts, and no loss of ground. */
export const mayEndSandboxes = ({ footprint, manifests, steps }: WorldPlan): boolean => {
  const all = allSteps(steps);
  const applied = [...manifests, ...all.flatMap((step) => (step.kind === 'apply' ? step.manifests : []))];
  return (
    footprint.touches === 'changes-nodes' ||
    all.some((step) => step.kind === 'kill' && step.victim === 'sandbox') ||
    // Where the pause process is the first of the pod's PID namespace, or seen in the node's, containers can kill it.
    applied.some(({ object }) => /"(shareProcessNamespace|hostPID)":true/.test(JSON.stringify(object)))
  );
};

/** The report of a world whose ground was lost: that comes first, as it may be why the rest went wrong. */
export const withLoss = (report: WorldReport, loss: Failure): WorldReport => ({
  missed: { observations: [], probes: [] },
  ...report,
  groundLost: loss,
  failure: { ...loss, evidence: [...loss.evidence, ...alsoSaid(report.failure, loss)] },
});

const alsoSaid = (failure: Failure | null, loss: Failure): readonly string[] =>
  failure === null || isSameFailure({ ...failure, where: '' }, { ...loss, where: '' })
    ? []
    : [`the world itself ended with ${failure.code}: ${sentenceOf(failure)}`];
