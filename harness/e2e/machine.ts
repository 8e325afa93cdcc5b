import { machineOf } from '../clusters/machine.js';

/** This machine, as the command line that tests start sees it. */
export const machine = machineOf(process.env, process.getuid?.() ?? -1);
