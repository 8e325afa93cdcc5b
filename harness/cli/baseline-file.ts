import type { Baseline } from '../domain/baseline.js';
import { describeError, NetclaimsError } from '../domain/error.js';
import { inputText } from './input-text.js';

/** @throws NetclaimsError `usage/no-baseline` */
export const readBaseline = async (file: string, folder: string): Promise<Baseline> => {
  const kind = {
    code: 'usage/no-baseline',
    remedy: 'name a file that `netclaims record --output FILE` wrote',
  } as const;
  const text = await inputText(file, folder, kind);
  try {
    const read = JSON.parse(text) as Partial<Baseline> | null;
    if (read?.kind === 'Baseline' && isMap(read.node) && isMap(read.pod) && isMap(read.claim)) {
      return read as Baseline;
    }
    throw new Error('it is no baseline (`kind: Baseline`)');
  } catch (cause) {
    throw new NetclaimsError({
      ...kind,
      what: `cannot read baseline ${file}`,
      evidence: [describeError(cause)],
      cause,
    });
  }
};

const isMap = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
