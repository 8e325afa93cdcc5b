import type { CommandResult, Node } from '../../../domain/cluster.js';
import { NetclaimsError } from '../../../domain/error.js';
import type { Engine } from '../engine/engine.js';

/** A step of making a cluster that is a command on one of its nodes. */
export interface NodeStep {
  /** What it is for; completes "the node could not …". */
  readonly purpose: string;
  readonly argv: readonly string[];
  readonly stdin?: string | { readonly file: string };
  readonly timeoutMs?: number;
}

const stepTimeoutMs = 60_000;

/** Runs steps on the nodes of a cluster that is being made. Gives the standard output. @throws NetclaimsError `cluster/node-step` */
export type RunOnNode = (node: Pick<Node, 'name'>, step: NodeStep, signal: AbortSignal) => Promise<string>;

export const runOnNode =
  (engine: Engine): RunOnNode =>
  async ({ name }, { purpose, argv, stdin, timeoutMs = stepTimeoutMs }, signal) => {
    const failed = (what: string, evidence: readonly string[], cause?: unknown) =>
      new NetclaimsError({
        code: 'cluster/node-step',
        what: `node ${name} could not ${what}`,
        evidence,
        remedy:
          'check that the node image supports this machine; `--cluster containerd` needs neither image nor engine',
        cause,
      });
    let result: CommandResult;
    try {
      result = await engine.exec(
        name,
        { argv, timeoutMs, ...(stdin === undefined ? {} : { stdin }) },
        signal,
      );
    } catch (error) {
      if (!(error instanceof NetclaimsError) || error.code !== 'probe/timeout') throw error;
      throw failed(`${purpose} within ${timeoutMs / 1_000} s`, error.evidence, error);
    }
    const { exitCode, stdout, stderr } = result;
    if (exitCode === 0) return stdout;
    const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
    throw failed(purpose, [`\`${argv.join(' ')}\` ended with ${exitCode}`, ...lines.slice(-12)]);
  };

/** A shell script that is the same every time; what changes comes by its arguments and its standard input. */
export const script = (text: string, ...args: readonly string[]): readonly string[] => [
  'sh',
  '-euc',
  text,
  'netclaims',
  ...args,
];

/** Writes standard input to a file, complete or not at all, for others may be waiting for it. */
export const writeFile = (path: string): readonly string[] =>
  script('mkdir -p "${1%/*}"; cat >"$1.new"; mv "$1.new" "$1"', path);
