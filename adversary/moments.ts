import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Action, Meanwhile, Moment } from './case.js';
import { lookEveryMs, runsAnywhere } from './processes.js';
import { runBash } from './run-bash.js';
import type { Stage } from './stage.js';
import type { Started } from './start-netclaims.js';

/** A run that goes on, and what it has printed so far. */
export type Running = Started & { readonly heard: { readonly stdout: string; readonly stderr: string } };

/** Does each thing at its moment. */
export interface Moments {
  /** Awaits what was begun, once the run has ended; gives what did not happen as it was to. */
  readonly finish: () => Promise<readonly string[]>;
}

/** Begins to look for the moments of a run. */
export const followMoments = (all: readonly Meanwhile[], run: Running, stage: Stage): Moments => {
  const waiting = new Set(all);
  const work: Promise<readonly string[]>[] = [];
  const look = (): void => {
    for (const one of waiting) {
      if (!hasCome(one.when, run, stage)) continue;
      waiting.delete(one);
      work.push(act(one, run, stage));
    }
  };
  const timer = setInterval(look, lookEveryMs / 2);
  return {
    async finish() {
      clearInterval(timer);
      const done = await Promise.all(work);
      return [
        ...done.flat(),
        ...[...waiting].map(({ when }) => `the moment ${JSON.stringify(when)} never came`),
      ];
    },
  };
};

const hasCome = (when: Moment, { heard }: Running, stage: Stage): boolean => {
  if ('stdout' in when) return new RegExp(when.stdout, 'm').test(heard.stdout);
  if ('stderr' in when) return new RegExp(when.stderr, 'm').test(heard.stderr);
  if ('file' in when) return existsSync(join(stage.scratch, when.file));
  const pattern = new RegExp(when.process);
  return when.anywhere === true
    ? runsAnywhere(pattern)
    : stage.family.find((command) => pattern.test(command)).length > 0;
};

const act = async (action: Action, run: Running, stage: Stage): Promise<readonly string[]> => {
  if ('close' in action) {
    if (action.close === 'terminal') run.child.kill('SIGKILL');
    else run.child[action.close]?.destroy();
    return [];
  }
  if ('bash' in action) return runBash(action, stage, { RUN_PID: String(run.pid() ?? '') });
  const signal = `SIG${action.signal}` as NodeJS.Signals;
  if (action.to === 'run') {
    run.kill(signal);
    return [];
  }
  const pattern = new RegExp(action.to);
  const found = stage.family.find((command) => pattern.test(command));
  for (const member of found) stage.family.signal(member, signal);
  return found.length > 0 ? [] : [`there was no process ${action.to} to send ${signal} to`];
};
