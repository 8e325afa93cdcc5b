import { spawn, type ChildProcess } from 'node:child_process';
import { packageFile } from '../clusters/package-file.js';

export interface CliRun {
  readonly process: ChildProcess;
  readonly ended: Promise<{
    readonly exitCode: number | null;
    readonly stdout: string;
    readonly stderr: string;
  }>;
}

/** Starts the built command line, as a user would from the package's folder. */
export const startCli = (...args: readonly string[]): CliRun => startCliIn({}, ...args);

/** The same, with these variables besides its environment's own. */
export const startCliIn = (
  environment: Readonly<Record<string, string>>,
  ...args: readonly string[]
): CliRun => startProcess(['node', packageFile('bin', 'netclaims.js'), ...args], environment);

/** Starts a program from the package's folder, and collects what it prints. */
export const startProcess = (
  [file = '', ...args]: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): CliRun => {
  const child = spawn(file, args, {
    cwd: packageFile(),
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Awaited<CliRun['ended']>>((resolve) => {
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return { process: child, ended };
};

/** Throws all that a run printed, unless it ended with exit code 0. */
export const expectSuccess = ({ exitCode, stdout, stderr }: Awaited<CliRun['ended']>): void => {
  if (exitCode !== 0) throw new Error(`it ended with exit code ${String(exitCode)}:\n${stdout}${stderr}`);
};
