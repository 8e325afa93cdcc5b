import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { kill } from 'node:process';
import type { BashStep, ServeStep } from './case.js';
import { ignoringEnded } from './processes.js';
import type { Stage } from './stage.js';

/** Runs a script of a case in its folder; gives its complaint, unless it ended with 0. */
export const runBash = async (
  { bash, arguments: words = [], seconds = 60 }: BashStep,
  stage: Stage,
  variables: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> => {
  const { child, heard } = start(bash, words, stage, variables);
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort();
    child.kill('SIGKILL');
  }, seconds * 1_000);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('exit', resolve);
  });
  clearTimeout(timer);
  if (late.signal.aborted) return [`${bash} did not end within ${seconds} s: ${heard().trim()}`];
  return code === 0 ? [] : [`${bash} ended with ${String(code)}: ${heard().trim()}`];
};

/** Starts a script that goes on until its case ends, and awaits the text that says that it is ready. */
export const serve = async (
  { serve: bash, arguments: words = [], until }: ServeStep,
  stage: Stage,
): Promise<readonly string[]> => {
  const { child, heard } = start(bash, words, stage, {}, true);
  // What the script itself started is in its process group.
  if (child.pid !== undefined) stage.atEnd(() => ignoringEnded(() => kill(-Number(child.pid), 'SIGTERM')));
  const isReady = new Promise<boolean>((resolve) => {
    const look = () => {
      if (heard().includes(until)) resolve(true);
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.once('exit', () => resolve(false)).once('error', () => resolve(false));
  });
  return (await isReady) ? [] : [`${bash} ended before it said "${until}": ${heard().trim()}`];
};

const mostHeard = 64 << 10;

const start = (
  file: string,
  words: readonly string[],
  stage: Stage,
  variables: Readonly<Record<string, string>>,
  detached = false,
) => {
  const child = spawn('bash', [join(stage.scratch, file), ...words.map(stage.filled)], {
    cwd: stage.scratch,
    env: { ...stage.environment, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached,
  });
  if (child.pid !== undefined) stage.family.adopt(child.pid);
  let text = '';
  const hear = (more: string) => void (text = (text + more).slice(-mostHeard));
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);
  return { child, heard: () => text };
};
