import { describe, expect, it } from '@jest/globals';
import { readAnswers } from './answers.js';

const mark = '{0123abcd{';
const encode = (...fields: readonly string[]): string =>
  Buffer.from([...fields, 'end:'].map((field) => mark + field).join(''))
    .toString('base64')
    .replaceAll(/.{76}/g, '$&\n');
const read = (...fields: readonly string[]) => readAnswers(encode(...fields), mark);

const links = ['netns:/run/netns/a', 'arg:ip', 'arg:link', 'out:[]\n', 'exit:0', 'said:m.1'];

describe('readAnswers', () => {
  it('reads a command that ended, with its exit code and both of its streams', () => {
    expect(read(...links, 'err:m.1 a warning\n')).toEqual([
      {
        kind: 'ended',
        argv: ['ip', 'link'],
        netns: '/run/netns/a',
        stdin: '',
        exitCode: 0,
        stdout: '[]\n',
        stderr: 'a warning',
      },
    ]);
  });

  it('reads a command in the node’s own netns, one with standard input, and one whose streams are one', () => {
    const [answer] = read('netns:', 'arg:ip', 'in:link\nrule', 'both:[]\nwhat?\n', 'exit:1');
    expect(answer).toEqual({
      kind: 'ended',
      argv: ['ip'],
      stdin: 'link\nrule',
      exitCode: 1,
      stdout: '[]\nwhat?\n',
      stderr: '',
    });
  });

  it('reads a tool that is missing', () => {
    expect(read('netns:', 'arg:ethtool', 'arg:-S', 'missing:ethtool')).toEqual([
      { kind: 'missing', argv: ['ethtool', '-S'], tool: 'ethtool' },
    ]);
  });

  it('gives each frame what its own command said, in whatever order that comes', () => {
    const second = ['netns:', 'arg:ls', 'out:', 'exit:2', 'said:0.1'];
    const answers = read('err:0.1 ls: gone', ...links, ...second, 'err:m.1 ');
    expect(answers.map((answer) => answer.kind === 'ended' && answer.stderr)).toEqual(['', 'ls: gone']);
  });

  it('keeps an empty argument, colons, NULs and what looks like a field', () => {
    const [answer] = read(
      'netns:',
      'arg:grep',
      'arg:',
      'out:a:b\0end:\nexit:1',
      'exit:0',
      'said:1',
      'err:1 err:2 x',
    );
    expect(answer).toMatchObject({ argv: ['grep', ''], stdout: 'a:b\0end:\nexit:1', stderr: 'err:2 x' });
  });

  it('reads a node that answered nothing as no answers', () => {
    expect(read()).toEqual([]);
  });

  it('refuses every part of an output', () => {
    const whole = encode(
      ...links,
      'err:m.1 ',
      ...links.map((field) => field.replace('m.1', 'm.2')),
      'err:m.2 ',
    );
    expect(readAnswers(whole, mark)).toHaveLength(2);
    for (let length = 0; length < whole.length - 1; length += 1) {
      expect(() => readAnswers(whole.slice(0, length), mark)).toThrow();
    }
  });

  it.each([
    ['no base64', 'sh: 1: base64: not found'],
    ['another mark', encode(...links).replace(/^..../, 'AAAA')],
    ['something before the first frame', Buffer.from(`warning ${mark}end:`).toString('base64')],
  ])('refuses %s', (_, output) => {
    expect(() => readAnswers(output, mark)).toThrow();
  });

  it.each([
    ['a frame without a beginning', ['arg:ip', ...links], 'no beginning'],
    ['a frame without an end', ['netns:', 'arg:ip', 'out:[]', ...links, 'err:m.1 '], 'netns arg out'],
    ['a frame without a command', ['netns:', 'out:', 'exit:0', 'said:1', 'err:1 '], 'netns out exit said'],
    ['a frame with both of two ends', [...links, 'missing:ip', 'err:m.1 '], 'said missing'],
    ['an exit code that is none', ['netns:', 'arg:ip', 'both:', 'exit:'], 'no exit code'],
    ['a command whose standard error is missing', links, 'what `ip link` said is missing'],
    ['standard error of a command that is missing', [...links, 'err:m.1 ', 'err:m.2 '], 'm.2'],
    [
      'a shell’s word behind a field',
      [...links, 'err:m.1 ', 'netns:', 'arg:ip', 'both:', 'exit:0sh: died'],
      'died',
    ],
  ])('refuses %s', (_, fields, message) => {
    expect(() => read(...fields)).toThrow(message);
  });
});
