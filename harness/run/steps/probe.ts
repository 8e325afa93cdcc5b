import type { CommandResult } from '../../domain/cluster.js';
import { whyBroken } from '../../domain/broken-command.js';
import { NetclaimsError } from '../../domain/error.js';
import type { ProbeResult } from '../../domain/observation.js';
import { isoTime } from '../clock.js';
import { findContainer, findNode, findPod } from './find.js';
import type { StepContext, StepOf, StepRunner } from './step-runner.js';

/**
 * Runs a command where the step says. Its exit code is a fact, unless the command broke. One that could not be run, or not to its end, has
 * no result, and only what depends on it is unknown. What says nothing of the command but of the cluster ends the world.
 */
export const probe: StepRunner<'probe'> = async (step, context, signal) => {
  context.log.probed(await run(step, context, signal));
  return undefined;
};

const run = async (
  step: StepOf<'probe'>,
  context: StepContext,
  signal: AbortSignal,
): Promise<ProbeResult> => {
  const at = isoTime(context.clock.now());
  let replay = '';
  try {
    const argv = commandOf(step, context);
    const spot = await findSpot({ ...step, argv }, context, signal);
    replay = spot.replay;
    const where = { probe: step.name, timeoutMs: step.timeoutMs, node: spot.node, netns: spot.netns };
    const whole = await context.captured(where, () => spot.exec(), signal);
    if (argv !== step.argv) refuseNotStarted(whole, step.argv[0] ?? '');
    const result = context.outputBudget.take(whole);
    const broken = step.anyExit === true ? undefined : whyBroken(argv, result);
    return {
      name: step.name,
      read: true,
      evidence: { node: spot.node, argv, replay, at, ...result },
      ...(broken === undefined ? {} : { broken }),
    };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof NetclaimsError) || !/^(probe|pod)\//.test(error.code)) throw error;
    return unread(step, [error.message, ...error.evidence].join('\n'), replay);
  }
};

/** The command with its variables, which nodes and containers all take in this form. */
const commandOf = (
  { argv, env = [] }: StepOf<'probe'>,
  { log, instruments }: StepContext,
): readonly string[] => {
  if (env.length === 0) return argv;
  const world = log.report();
  const variables = env.map(({ name, value }) => {
    const found = instruments.evaluateText(value.source, world);
    if ('text' in found) return `${name}=${found.text}`;
    throw new NetclaimsError({
      code: 'probe/no-variable',
      what: `its variable ${name} has no value: ${found.reason}`,
    });
  });
  return ['env', ...variables, ...argv];
};

/** `env` tells a command that it could not start by an exit code, with a line of its own; that is no answer of the command. */
const refuseNotStarted = ({ exitCode, stderr }: CommandResult, command: string): void => {
  if ((exitCode !== 126 && exitCode !== 127) || !stderr.startsWith('env: ')) return;
  throw new NetclaimsError({
    code: 'probe/not-started',
    what: `\`${command}\` could not be started`,
    evidence: [stderr.trim()],
  });
};

interface Spot {
  readonly node: string;
  readonly netns: string | undefined;
  readonly replay: string;
  exec(): Promise<CommandResult>;
}

const findSpot = async (
  { place, argv, timeoutMs }: StepOf<'probe'>,
  { cluster, world }: StepContext,
  signal: AbortSignal,
): Promise<Spot> => {
  const onNode = (name: string, netns?: string): Spot => {
    const node = findNode(cluster, name);
    const command = { argv, ...(netns === undefined ? {} : { netns }) };
    return {
      ...{ node: node.name, netns },
      replay: node.replay(command),
      exec: () => node.exec({ ...command, timeoutMs, mayBeCut: true }, signal),
    };
  };
  if (place.kind === 'node') return onNode(place.node);
  const pod = await findPod(world, place.pod, signal);
  switch (place.kind) {
    case 'node-of':
      return onNode(pod.node);
    case 'netns':
      if (pod.netnsPath === '') throw noNetns(pod.name);
      return onNode(pod.node, pod.netnsPath);
    case 'container': {
      const { name: container } = findContainer(pod, place.container);
      const target = { pod: pod.name, container };
      return {
        node: pod.node,
        netns: pod.netnsPath === '' ? undefined : pod.netnsPath,
        replay: world.replayExec(target, argv),
        exec: () => world.exec(target, { argv, timeoutMs, mayBeCut: true }, signal),
      };
    }
  }
};

const unread = ({ name }: StepOf<'probe'>, reason: string, replay: string): ProbeResult => ({
  name,
  read: false,
  reason,
  replay,
});

const noNetns = (pod: string): NetclaimsError =>
  new NetclaimsError({ code: 'pod/no-netns', what: `pod ${pod} has no network namespace any more` });
