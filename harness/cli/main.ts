import process from 'node:process';
import { asProcess } from './as-process.js';
import { runProgram } from './run-program.js';

void asProcess((terminal) => runProgram(process.argv.slice(2), terminal));
