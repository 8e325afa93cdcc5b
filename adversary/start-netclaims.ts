import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageFile } from '../harness/clusters/package-file.js';
import type { NetclaimsStep } from './case.js';
import { lookEveryMs } from './processes.js';
import type { Stage } from './stage.js';

/** A run of netclaims that goes on. */
export interface Started {
  /** Whose output it is: netclaims itself, or the terminal that it runs in. */
  readonly child: ChildProcess;
  /** Of netclaims itself; undefined before it is there and after its end. */
  readonly pid: () => number | undefined;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** The exit code, or the name of the signal that ended it. */
  readonly ended: Promise<number | string>;
}

/** Starts netclaims with the streams, limits and variables of a step. @param id a file name that no other run has */
export const startNetclaims = async (step: NetclaimsStep, stage: Stage, id: string): Promise<Started> => {
  const { stdout = 'read', stderr = 'read', ulimit = '', terminal = false } = step;
  const program = join(stage.netclaims, 'bin', 'netclaims.js');
  const own = ['node', program, ...step.netclaims.split(' ').map(stage.filled)];
  const argv = [packageFile('adversary', 'launch.sh'), stdout, stderr, ulimit, ...own];
  const find = () => stage.family.find((command) => command === own.join(' '))[0];
  const options: SpawnOptions = {
    cwd: stage.scratch,
    env: { ...stage.environment, ...filledValues(step.environment ?? {}, stage) },
    stdio: ['ignore', 'pipe', 'pipe'],
  };
  const { child, ended } = terminal
    ? await inTerminal(['bash', ...argv], options, stage, join(stage.scratch, `.terminal-${id}`))
    : atOnce(spawn('bash', argv, options), stage);
  return {
    child,
    ended,
    pid: () => find()?.pid,
    kill: (signal) => {
      const member = find();
      if (member !== undefined) stage.family.signal(member, signal);
    },
  };
};

const filledValues = (values: Readonly<Record<string, string>>, { filled }: Stage): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, filled(value)]));

const atOnce = (child: ChildProcess, { family }: Stage) => {
  if (child.pid !== undefined) family.adopt(child.pid);
  return { child, ended: endOf(child) };
};

const inTerminal = async (argv: readonly string[], options: SpawnOptions, stage: Stage, file: string) => {
  await writeFile(`${file}.argv`, argv.map((word) => `${word}\0`).join(''));
  const variables = {
    ADVERSARY_SCRIPT: packageFile('adversary', 'in-terminal.sh'),
    ADVERSARY_ARGV: `${file}.argv`,
    ADVERSARY_EXIT: `${file}.exit`,
  };
  const line = ['--quiet', '--command', 'exec bash "$ADVERSARY_SCRIPT"', '/dev/null'];
  const { child, ended } = atOnce(
    spawn('script', line, { ...options, env: { ...options.env, ...variables } }),
    stage,
  );
  const isLeft = (command: string) => command.includes(variables.ADVERSARY_SCRIPT);
  const exit = async (): Promise<number | string> => {
    await ended;
    while (stage.family.find(isLeft).length > 0) await sleep(lookEveryMs);
    const code = await readFile(variables.ADVERSARY_EXIT, 'utf8').catch(() => undefined);
    return code === undefined ? 'SIGKILL' : exitOfShell(Number(code));
  };
  return { child, ended: exit() };
};

const endOf = (child: ChildProcess): Promise<number | string> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    // `close` would wait for whoever else holds the streams: a node that a killed run left.
    child.once('exit', (code, signal) => setImmediate(() => resolve(signal ?? code ?? 'SIGKILL')));
  });

/** A shell says 128 and the number of a signal. */
const exitOfShell = (code: number): number | string => {
  const signal = Object.entries(constants.signals).find(([, number]) => number === code - 128);
  return signal?.[0] ?? code;
};
