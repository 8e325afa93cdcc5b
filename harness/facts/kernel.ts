import type { Ended } from './answers.js';
import { succeeded } from './printed.js';

export const kernelArgv = ['uname', '-r'] as const;

/** The kernel's release. */
export const parseKernel = (answer: Ended): string => {
  const release = succeeded(answer).trim();
  if (release === '') throw new Error('printed nothing');
  return release;
};
