import process from 'node:process';
import { clusterProviders } from '../clusters/index.js';
import { machineOf } from '../clusters/machine.js';
import { beginRun } from './current-run.js';
import { readOptions } from './options.js';
import { makeRunCluster } from './run-cluster.js';

/** What of a Jest project its set-up needs. */
interface Project {
  readonly rootDir: string;
  readonly globals: { readonly netclaims?: unknown };
}

/** Makes the cluster of the run: Jest's `globalSetup`. Jest calls it only for a run that has a scenario file. */
const globalSetup = (_global: unknown, { rootDir, globals }: Project): Promise<void> =>
  beginRun(async (signal) => {
    const sources = { globals: globals.netclaims, rootDir, env: process.env, folder: process.cwd() };
    const options = readOptions(sources);
    const providers = clusterProviders(machineOf(process.env, process.getuid?.() ?? -1));
    const progress = (phase: string) => process.stderr.write(`netclaims: ${phase}\n`);
    return await makeRunCluster(options, providers, progress, signal);
  });

export default globalSetup;
