import type { Ended } from './answers.js';
import { oneLine, succeeded } from './printed.js';

export const kernelArgv = ['uname', '-r'] as const;

/** The kernel's release. */
export const parseKernel = (answer: Ended): string => {
  const release = /^(.+)\n$/.exec(succeeded(answer))?.[1];
  if (release === undefined) throw new Error(`printed no release: ${oneLine(answer.stdout)}`);
  return release;
};
