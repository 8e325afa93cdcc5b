import { isIP } from 'node:net';
import type { Ended } from './answers.js';
import { parseDirectory } from './directory.js';

export const ipamFolder = '/var/lib/cni/networks';

/** The addresses that host-local has given out: a file for each, beside a lock and the last one given. */
export const parseAllocations = (answer: Ended): readonly string[] =>
  parseDirectory(answer).filter((name) => isIP(name) !== 0);
