import { describeError } from '../harness/domain/error.js';
import type { Case, NetclaimsStep, Step } from './case.js';
import { judgeRun } from './judge-run.js';
import { runBash, serve } from './run-bash.js';
import { runNetclaims } from './run-netclaims.js';
import { onStage, type Stage, type Theatre } from './stage.js';

/** What became of a case. */
export interface CaseResult {
  readonly name: string;
  /** What is not as required; none when all is. */
  readonly complaints: readonly string[];
  readonly seconds: number;
  /** The most that any of its runs took. */
  readonly memoryMiB: number;
}

/** Plays a case on a stage of its own. */
export const runCase = async (one: Case, theatre: Theatre): Promise<CaseResult> => {
  const began = performance.now();
  let memoryMiB = 0;
  let runs = 0;

  const run = async (step: NetclaimsStep, stage: Stage): Promise<readonly string[]> => {
    runs += 1;
    const outcome = await runNetclaims(step, stage, String(runs));
    memoryMiB = Math.max(memoryMiB, outcome.memoryMiB);
    const complaints = judgeRun(step.expect, outcome);
    if (complaints.length === 0) return [];
    return [
      ...complaints.map((text) => `${step.netclaims}: ${text}`),
      ...tail('stdout', outcome.stdout),
      ...tail('stderr', outcome.stderr),
    ];
  };

  const take = async (step: Step, stage: Stage): Promise<readonly string[]> => {
    if ('netclaims' in step) return run(step, stage);
    if ('bash' in step) return runBash(step, stage);
    if ('serve' in step) return serve(step, stage);
    return (await Promise.all(step.atOnce.map((each) => run(each, stage)))).flat();
  };

  const complaints = await onStage(one, theatre, async (stage) => {
    const found: string[] = [];
    for (const step of one.steps) {
      found.push(...(await take(step, stage)));
      // What follows an unexpected end would complain of its consequences.
      if (found.length > 0) break;
    }
    for (const step of one.finally ?? []) found.push(...(await take(step, stage)));
    return found;
  }).catch((error: unknown) => [describeError(error)]);
  return { name: one.name, complaints, seconds: (performance.now() - began) / 1_000, memoryMiB };
};

const mostLines = 25;
const mostColumns = 300;

/** The last lines that a run printed, for whoever looks into a complaint. */
const tail = (stream: string, text: string): readonly string[] =>
  text.trim() === ''
    ? []
    : text
        .trimEnd()
        .split('\n')
        .slice(-mostLines)
        .map((line) => `  ${stream}| ${line.slice(0, mostColumns)}`);
