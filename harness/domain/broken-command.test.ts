import { expect, it } from '@jest/globals';
import { whyBroken } from './broken-command.js';

const ended = (exitCode: number, stderr = '', stdout = '') => ({ exitCode, stdout, stderr });
const wget = ['wget', '-T', '2', 'http://10.0.0.1'];

it.each([
  ['a segmentation fault', wget, ended(139), 'the command was ended by SIGSEGV (139)'],
  ['another signal', wget, ended(128 + 34), 'the command was ended by signal 34 (162)'],
  [
    'a command that is not there',
    ['sh', '-c', 'wgte x'],
    ended(127, 'sh: wgte: not found'),
    'was not found (127)',
  ],
  ['a file that is no program', ['/etc/passwd'], ended(126), 'could not be executed (126)'],
  [
    'a usage text',
    ['ip', 'lnk'],
    ended(255, 'Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }\n'),
    'printed its usage and ended with 255',
  ],
  [
    'a usage text below an error',
    ['nc', '-Q'],
    ended(1, "nc: invalid option -- 'Q'\nBusyBox\n\nUsage: nc\n"),
    'usage',
  ],
  ['a usage text on standard output', ['x'], ended(1, '', 'usage: x FILE\n'), 'printed its usage'],
  ['a crash below `timeout`', ['timeout', '2', ...wget], ended(139), 'SIGSEGV'],
  ['a kill that `timeout` was not told to make', ['timeout', '2', ...wget], ended(137), 'SIGKILL'],
])('%s says nothing', (_, argv, result, why) => {
  expect(whyBroken(argv, result)).toContain(why);
});

it.each([
  ['success', wget, ended(0, 'usage: x')],
  ['a refusal', wget, ended(1, "wget: can't connect to remote host (10.0.0.1): Connection refused")],
  ['the end of the time of GNU timeout', ['timeout', '2', ...wget], ended(124)],
  [
    'the end of the time of busybox timeout in a shell',
    ['sh', '-c', 'sleep 1; timeout 2 wget x'],
    ended(143),
  ],
  ['the end of the time with SIGKILL', ['timeout', '-s', 'KILL', '2', ...wget], ended(137)],
  ['a page that speaks of usage', ['cat'], ended(1, 'cat: b: No such file', 'a\nusage: none')],
  ['any other code', ['ssh', 'x'], ended(255, 'connection refused')],
])('%s is an answer', (_, argv, result) => {
  expect(whyBroken(argv, result)).toBeUndefined();
});
