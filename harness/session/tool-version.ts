import { readFileSync } from 'node:fs';
import { packageFile } from '../clusters/package-file.js';

/** netclaims' own version, as package.json has it. */
export const toolVersion = (): string => {
  const { version } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string };
  return version;
};
