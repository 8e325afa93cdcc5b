import type { Ended } from './answers.js';
import { succeeded } from './printed.js';

export const directoryArgv = (path: string) => ['ls', '-1A', path] as const;

/** The names in a folder, in the order of their bytes. A folder that certainly does not exist has none. */
export const parseDirectory = (answer: Ended): readonly string[] => {
  const isAbsent = answer.exitCode !== 0 && /^ls: .*: No such file or directory$/.test(answer.stderr.trim());
  if (isAbsent) return [];
  const names = succeeded(answer);
  if (!/(^|\n)$/.test(names)) throw new Error('printed names of which the last was cut off');
  return names
    .split('\n')
    .filter((name) => name !== '')
    .toSorted();
};
