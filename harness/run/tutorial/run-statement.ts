import type { CommandResult, Node } from '../../domain/cluster.js';
import { NetclaimsError } from '../../domain/error.js';
import { splitScript } from '../../tutorial/shell/statements.js';
import type { CommandCheck } from '../../tutorial/plan/plan.js';
import { findContainer, findNode, findPod } from '../steps/find.js';
import { kubectl } from './kubectl/kubectl.js';
import { carriedIn, manifestsOf, placeName, type Session } from './session.js';
import { shellCall } from './shell-argv.js';

/** What became of a command. */
export type Answer =
  | {
      readonly kind: 'ended';
      readonly node: string;
      readonly argv: readonly string[];
      readonly replay: string;
      readonly result: CommandResult;
    }
  | { readonly kind: 'not-applicable'; readonly because: string };

/** A command with the document's placeholders filled in. */
export interface Order {
  readonly check: CommandCheck;
  readonly source: string;
  readonly timeoutMs: number;
}

/** Runs a command in the place that it names. @throws NetclaimsError when it could not be run, or not to its end */
export const runStatement = async (order: Order, session: Session, signal: AbortSignal): Promise<Answer> => {
  const { place } = order.check;
  switch (place.kind) {
    case 'node': {
      const node = place.node === undefined ? firstNode(session) : findNode(session.cluster, place.node);
      return inShell(order, node.name, node, session, signal);
    }
    case 'pod': {
      const pod = await findPod(session.world, place.pod, signal);
      const container = findContainer(pod, place.container ?? pod.containers[0]?.name ?? '').name;
      const target = { pod: pod.name, container };
      const shell: Pick<Node, 'exec' | 'replay'> = {
        exec: (command, stop) => session.world.exec(target, command, stop),
        replay: ({ argv }) => session.world.replayExec(target, argv),
      };
      return inShell(order, pod.node, shell, session, signal);
    }
    case 'host':
      return session.host === undefined
        ? {
            kind: 'not-applicable',
            because: 'it is for the machine itself, on which nothing is run → --allow-host',
          }
        : inShell(order, 'localhost', session.host, session, signal);
    case 'shell':
      return inUsersShell(order, session, signal);
  }
};

const firstNode = ({ cluster }: Session): Node => {
  const [node] = cluster.nodes;
  if (node !== undefined) return node;
  throw new NetclaimsError({
    code: 'cluster/no-node',
    what: 'the cluster has no node on which commands can be run',
  });
};

const inShell = async (
  { check, source, timeoutMs }: Order,
  node: string,
  shell: Pick<Node, 'exec' | 'replay'>,
  session: Session,
  signal: AbortSignal,
): Promise<Answer> => {
  const name = placeName(check.place, session);
  // Images have `sh`; what else is in them nobody promises.
  const interpreter = check.place.kind === 'pod' ? 'sh' : check.shell;
  const {
    argv,
    env = {},
    read,
  } = shellCall(source, interpreter, carriedIn(session, check.place), session.mark);
  const { result, carried } = read(await shell.exec({ argv, env, timeoutMs }, signal));
  session.carried.set(name, carried);
  return { kind: 'ended', node, argv, replay: shell.replay({ argv: [interpreter, '-c', source] }), result };
};

/** Where there is no Kubernetes API, what kubectl is asked is answered from the pods, and filters behind it run on a node. */
const inUsersShell = async (order: Order, session: Session, signal: AbortSignal): Promise<Answer> => {
  const { check, source, timeoutMs } = order;
  const { kubectl: shell } = session;
  const pipeline = splitScript(source).statements[0]?.pipeline ?? [];
  if (shell !== undefined) {
    if (!shell.onlyKubectl) return inShell(order, shell.name, shell, session, signal);
    const [only, ...more] = pipeline;
    if (only === undefined || more.length > 0 || !only.plain || only.words[0] !== 'kubectl')
      return {
        kind: 'not-applicable',
        because: `it needs a shell on this machine, on which only kubectl is run → --allow-host`,
      };
    const command = { argv: only.words, ...(only.stdin === undefined ? {} : { stdin: only.stdin }) };
    const result = await shell.exec({ ...command, timeoutMs }, signal);
    return { kind: 'ended', node: shell.name, argv: only.words, replay: shell.replay(command), result };
  }
  const feeding = pipeline[0]?.words.join(' ') === 'cat' && pipeline[0].stdin !== undefined;
  const call = pipeline[feeding ? 1 : 0];
  const filters = pipeline.slice(feeding ? 2 : 1);
  if (call?.words[0] !== 'kubectl' || !call.plain || filters.some(({ words }) => words[0] === 'kubectl'))
    return {
      kind: 'not-applicable',
      because: `only plain calls of kubectl are answered on a cluster without a Kubernetes API → --cluster kind or kubeconfig`,
    };

  const stdin = feeding ? pipeline[0]?.stdin : call.stdin;
  const { cluster, world, clock, made, file } = session;
  const answer = await kubectl(call.words.slice(1), {
    ...{ cluster, world, clock, made, stdin, timeoutMs, signal },
    read: (name, input) => manifestsOf(session, name, input, check.line + 1),
    place: { file, line: check.line },
  });
  if ('cannot' in answer) return { kind: 'not-applicable', because: answer.cannot };
  const { ran } = answer;
  if (filters.length === 0)
    return {
      kind: 'ended',
      node: ran?.node ?? '',
      argv: ran?.argv ?? call.words,
      replay: ran?.replay ?? '',
      result: answer.result,
    };
  const node = firstNode(session);
  const rest = filters.map((filter) => filter.source.trim()).join(' | ');
  const argv = [check.shell, '-c', rest];
  const result = await node.exec({ argv, stdin: answer.result.stdout, timeoutMs }, signal);
  return {
    ...{ kind: 'ended', node: node.name, argv, replay: ran?.replay ?? '' },
    result: { ...result, stderr: answer.result.stderr + result.stderr },
  };
};
