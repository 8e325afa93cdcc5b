import type { CommandResult } from '../../domain/cluster.js';
import { whyBroken } from '../../domain/broken-command.js';
import { NetclaimsError } from '../../domain/error.js';
import type { ProbeResult } from '../../domain/observation.js';
import { isSecretName, redactedMark } from '../../domain/redact.js';
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
    const command = commandOf(step, context);
    const spot = await findSpot(step, command, context, signal);
    replay = spot.replay;
    const where = { probe: step.name, timeoutMs: step.timeoutMs, node: spot.node, netns: spot.netns };
    const whole = await context.captured(where, () => spot.exec(), signal);
    if (command.argv !== step.argv) refuseNotStarted(whole, step.argv[0] ?? '');
    const result = context.outputBudget.take(whole);
    const broken = step.anyExit === true ? undefined : whyBroken(step.argv, result);
    return {
      name: step.name,
      read: true,
      evidence: { node: spot.node, argv: command.shown, replay, at, ...result },
      ...(broken === undefined ? {} : { broken }),
    };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof NetclaimsError) || !/^(probe|pod)\//.test(error.code)) throw error;
    return unread(step, [error.message, ...error.evidence].join('\n'), replay);
  }
};

/** What the command of a step is given, and how it is shown: without the values that are secret by their names. */
interface StepCommand {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly shown: readonly string[];
}

const commandOf = ({ argv, env = [] }: StepOf<'probe'>, { log, instruments }: StepContext): StepCommand => {
  const world = log.report();
  const variables = env.map(({ name, value }): readonly [string, string] => {
    const found = instruments.evaluateText(value.source, world);
    if ('text' in found) return [name, found.text];
    throw new NetclaimsError({
      code: 'probe/no-variable',
      what: `its variable ${name} has no value: ${found.reason}`,
    });
  });
  if (variables.length === 0) return { argv, env: {}, shown: argv };
  const words = (some: typeof variables) => some.map(([name, value]) => `${name}=${value}`);
  const forCommandOnly = variables.filter(([name]) => changesOtherTools(name));
  return {
    argv: forCommandOnly.length === 0 ? argv : ['env', ...words(forCommandOnly), ...argv],
    env: Object.fromEntries(variables.filter(([name]) => !changesOtherTools(name))),
    shown: [
      'env',
      ...words(variables.map(([name, value]) => [name, isSecretName(name) ? redactedMark : value])),
      ...argv,
    ],
  };
};

/** Whether a variable would change what the tools on the way to the command do, so that only `env` in front of it may set it. */
const changesOtherTools = (name: string): boolean =>
  /^(PATH|IFS|ENV|BASH_ENV|LANG|LANGUAGE|LC_.*|LD_.*)$/.test(name);

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
  { place, timeoutMs }: StepOf<'probe'>,
  { argv, env, shown }: StepCommand,
  { cluster, world }: StepContext,
  signal: AbortSignal,
): Promise<Spot> => {
  const onNode = (name: string, netns?: string): Spot => {
    const node = findNode(cluster, name);
    const inNetns = netns === undefined ? {} : { netns };
    return {
      ...{ node: node.name, netns },
      replay: node.replay({ argv: shown, ...inNetns }),
      exec: () => node.exec({ argv, env, ...inNetns, timeoutMs, mayBeCut: true }, signal),
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
        replay: world.replayExec(target, shown),
        exec: () => world.exec(target, { argv, env, timeoutMs, mayBeCut: true }, signal),
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
