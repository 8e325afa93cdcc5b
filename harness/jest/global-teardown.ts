import { endRun } from './current-run.js';

/** Removes the cluster of the run: Jest's `globalTeardown`. */
const globalTeardown = (): Promise<void> => endRun();

export default globalTeardown;
