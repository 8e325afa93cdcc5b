import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '../harness/domain/report.js';
import type { WorldReport } from '../harness/domain/world-report.js';
import { worldsOf, type Scenario, type WorldPlan } from '../harness/domain/scenario.js';
import { expectSuccess, startCli } from '../harness/e2e/run-cli.js';
import { scratchFolder } from '../harness/e2e/scratch-folder.js';
import { handWrittenLoop } from './by-hand.js';
import { timed } from './measure.js';

/** What the whole catalogue takes, and what of that its pods alone do. */
export interface CatalogueTimes {
  /** `netclaims verify scenarios --nodes 2 --parallel 4`, as a whole process. */
  readonly verifyMs: number;
  /** The pods that its worlds begin with, made and removed by hand on one node: no step, no look at a node, no judging. */
  readonly podsMs: number;
  readonly worlds: number;
  readonly pods: number;
}

export const catalogueTimes = async (scenarios: readonly Scenario[]): Promise<CatalogueTimes> => {
  await using folder = await scratchFolder();
  const file = join(folder.path, 'report.json');
  const flags = ['--cluster', 'containerd', '--nodes', '2', '--parallel', '4', '--report', `json=${file}`];
  const verifyMs = await timed(async () => expectSuccess(await startCli('verify', ...flags).ended));
  const report = JSON.parse(await readFile(file, 'utf8')) as Report;
  const worlds = scenarios.flatMap((scenario) => worldsThatRan(scenario, report));
  const podsMs = await timed(() => handWrittenLoop(worlds.map((world) => ({ ...world, steps: [] }))));
  const pods = worlds.reduce((sum, { manifests }) => sum + manifests.length, 0);
  return { verifyMs, podsMs, worlds: worlds.length, pods };
};

/** Those of a scenario that were applicable, and whose pods all came to run. */
const worldsThatRan = (scenario: Scenario, report: Report): readonly WorldPlan[] => {
  const seen = report.scenarios.find(({ name }) => name === scenario.name);
  // In the order of the file, as the plans are.
  const ran = seen === undefined ? [] : [seen, ...seen.controls].map(allRan);
  return worldsOf(scenario).filter((_, index) => ran[index]);
};

const allRan = ({ observations }: WorldReport): boolean => {
  const [first] = Object.values(observations);
  return first !== undefined && Object.values(first.pods).every(({ phase }) => phase === 'Running');
};
