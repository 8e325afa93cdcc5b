import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Baseline } from '../domain/baseline.js';
import { describeError, NetclaimsError } from '../domain/error.js';

/** @throws NetclaimsError `usage/no-baseline` */
export const readBaseline = async (file: string, folder: string): Promise<Baseline> => {
  try {
    const read = JSON.parse(await readFile(resolve(folder, file), 'utf8')) as Partial<Baseline> | null;
    if (read?.kind === 'Baseline' && isMap(read.node) && isMap(read.pod) && isMap(read.claim)) {
      return read as Baseline;
    }
    throw new Error('it is no baseline (`kind: Baseline`)');
  } catch (cause) {
    throw new NetclaimsError({
      code: 'usage/no-baseline',
      what: `${file} cannot be compared with`,
      evidence: [describeError(cause)],
      remedy: 'name a file that `netclaims record --output FILE` wrote',
      cause,
    });
  }
};

const isMap = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
