import { execFile } from 'node:child_process';
import process from 'node:process';
import { promisify } from 'node:util';
import { packageFile } from '../harness/clusters/package-file.js';
import { median } from './measure.js';

const run = promisify(execFile);

/** What rendering a report of 200 pods and 500 expectations in every format takes: medians of fresh processes. */
export const renderingCost = async (
  times: number,
): Promise<{ readonly ms: number; readonly mebibytes: number }> => {
  const all: { readonly ms: number; readonly mebibytes: number }[] = [];
  for (let round = 0; round < times; round += 1) {
    const { stdout } = await run(process.execPath, [packageFile('dist', 'bench', 'render-once.js')]);
    all.push(JSON.parse(stdout) as (typeof all)[number]);
  }
  return { ms: median(all.map(({ ms }) => ms)), mebibytes: median(all.map(({ mebibytes }) => mebibytes)) };
};
