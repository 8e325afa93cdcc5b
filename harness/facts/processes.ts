import type { Ended } from './answers.js';
import { oneLine, succeeded } from './printed.js';

/** Its state, and with `command` its command line; -H puts each record's file before it, -z keeps arguments apart. */
export const processArgv = (pid: number, want: 'state' | 'command'): readonly string[] => [
  'grep',
  '-azH',
  '',
  `/proc/${pid}/stat`,
  ...(want === 'command' ? [`/proc/${pid}/cmdline`] : []),
];

/** A process as the kernel has it at that moment: none of that pid, one that has ended and is not waited for yet, or one that runs. */
export type ProcessState =
  | { readonly kind: 'none' }
  | { readonly kind: 'ended' }
  | { readonly kind: 'running'; readonly command: string };

/** @throws Error with grep's own words unless they say that no such process exists */
export const parseProcess = (answer: Ended): ProcessState => {
  const [statFile = '', commandFile] = answer.argv.slice(3);
  const records = answer.stdout.split('\0').filter((record) => record !== '');
  if (!/(^|\0)$/.test(answer.stdout)) throw new Error('printed something that was cut off');
  // A grep that did not find or not read something says so; one that was ended does not.
  if (answer.exitCode !== 0 && answer.stderr === '') succeeded(answer);
  const stat = records.find((record) => record.startsWith(`${statFile}:`));
  if (stat === undefined) {
    if (complaintsOf(answer, statFile).some(saysAbsent)) return { kind: 'none' };
    succeeded(answer);
    throw new Error(`printed no state: ${oneLine(answer.stdout)}`);
  }
  // The name, in parentheses, may itself have some.
  const state = /\) ([A-Za-z]) /.exec(stat.slice(stat.lastIndexOf(')')))?.[1];
  if (state === undefined) throw new Error(`printed no state: ${oneLine(stat)}`);
  if (/[ZXx]/.test(state)) return { kind: 'ended' };
  if (commandFile === undefined) return { kind: 'running', command: '' };
  const complaints = complaintsOf(answer, commandFile);
  if (complaints.length > 0) throw new Error(`says: ${oneLine(complaints.join(' '))}`);
  const words = records
    .filter((record) => record.startsWith(`${commandFile}:`))
    .map((record) => record.slice(commandFile.length + 1));
  return { kind: 'running', command: words.join(' ') };
};

const complaintsOf = ({ stderr }: Ended, file: string): readonly string[] =>
  stderr.split('\n').filter((line) => line.includes(` ${file}: `));

// The second is what reading a file says of a process that ended after it was opened.
const saysAbsent = (line: string): boolean => /: (No such file or directory|No such process)$/.test(line);
