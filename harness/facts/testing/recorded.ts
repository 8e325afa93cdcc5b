import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Ended } from '../answers.js';

const folder = fileURLToPath(new URL('../fixtures', import.meta.url));

/** What a real tool answered, by the name of its recording in the folder of the tool's version. */
export const recorded = (name: string): Ended => {
  const files = readdirSync(folder)
    .map((tool) => join(folder, tool, `${name}.json`))
    .filter((file) => existsSync(file));
  const [file] = files;
  if (file === undefined || files.length > 1)
    throw new Error(`${files.length} recordings are called ${name}`);
  const { argv, netns, stdin, exitCode, stdout, stderr } = JSON.parse(readFileSync(file, 'utf8')) as Ended;
  return { kind: 'ended', argv, ...(netns === undefined ? {} : { netns }), stdin, exitCode, stdout, stderr };
};

/** The same answer cut off at each of its places in turn, nothing at all included. */
export const cutOff = (answer: Ended): readonly Ended[] => {
  const whole = answer.stdout.trimEnd().length;
  return Array.from({ length: whole }, (_, length) => ({
    ...answer,
    stdout: answer.stdout.slice(0, length),
  }));
};
