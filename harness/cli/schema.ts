import { scenarioSchema } from '../scenario/schema.js';
import { exitCode, type ExitCode } from './exit-code.js';
import type { Terminal } from './terminal.js';

/** `netclaims schema`: the JSON Schema of scenario files. */
export const schema = (terminal: Terminal): ExitCode => {
  terminal.result(`${JSON.stringify(scenarioSchema, undefined, 2)}\n`);
  return exitCode.holds;
};
