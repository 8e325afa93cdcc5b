import { describe, expect, it } from '@jest/globals';
import { formatProblem } from '../../domain/problem.js';
import { readDocument } from './read-document.js';

const read = (...lines: readonly string[]) => readDocument('docs/t.md', lines.join('\n'));
const blocksOf = (...lines: readonly string[]) =>
  read(...lines).document.sections.flatMap(({ blocks }) => blocks);
const problemsOf = (...lines: readonly string[]) => read(...lines).problems.map(formatProblem);

describe('sections', () => {
  it('have the headings above them, and the lines of the file behind front matter', () => {
    const { document } = read(
      '---',
      'title: x',
      '---',
      '# One',
      '',
      'text',
      '',
      '## Two',
      '### Three',
      '## Four',
    );
    expect(document.sections.map(({ line, trail }) => [line, ...trail])).toEqual([
      [4, 'One'],
      [8, 'One', 'Two'],
      [9, 'One', 'Two', 'Three'],
      [10, 'One', 'Four'],
    ]);
  });

  it('have their text without marks, and what its author marks as a claim', () => {
    const { document } = read(
      'A **bold** `word`',
      'goes on.',
      '',
      '<!-- netclaims: claim=veth-presence -->',
      '- one [link](x)',
      '- two',
      '',
      '<!-- netclaims: claim -->',
      '# Heading',
    );
    expect(document.sections.flatMap(({ passages }) => passages)).toEqual([
      { kind: 'paragraph', text: 'A bold word goes on.', line: 1 },
      { kind: 'item', text: 'one link', line: 5, claim: { scenario: 'veth-presence' } },
      { kind: 'item', text: 'two', line: 6 },
      { kind: 'heading', text: 'Heading', line: 9, claim: { scenario: undefined } },
    ]);
  });
});

describe('blocks', () => {
  it('are found in lists, quotations and behind tabs, with the lines of their content', () => {
    const blocks = blocksOf(
      '- a',
      '  1. b',
      '',
      '     ```Sh',
      '     ip link',
      '       x',
      '     ```',
      '> ~~~',
      '> out',
      '> ~~~',
      '',
      '\tindented\there',
    );
    expect(blocks.map(({ line, language, lines }) => ({ line, language, lines }))).toEqual([
      { line: 5, language: 'sh', lines: ['ip link', '  x'] },
      { line: 9, language: '', lines: ['out'] },
      { line: 12, language: '', lines: ['indented\there'] },
    ]);
  });

  it('are the same with the line ends of another system, and without an end', () => {
    const text = '# T\r\n\r\n```sh\r\na\r\n\tb\r\n```\r\n\r\n```sh\r\nc';
    const [one, two] = readDocument('t.md', text).document.sections[0]?.blocks ?? [];
    expect(one).toMatchObject({ line: 4, lines: ['a', '\tb'] });
    expect(two).toMatchObject({ line: 9, lines: ['c'] });
  });

  it('follow another where nothing but an introduction stands between', () => {
    const follows = (...between: readonly string[]) =>
      blocksOf('```sh', 'a', '```', '', ...between, '', '```', 'b', '```')[1]?.followsBlock;
    expect(follows()).toBe(true);
    expect(follows('It prints:')).toBe(true);
    expect(follows('<!-- a comment -->')).toBe(true);
    expect(follows('Then this happens.')).toBe(false);
    expect(follows('One:', '', 'Two:')).toBe(false);
    expect(follows('# Heading:')).toBe(false);
    expect(follows('<div>x</div>')).toBe(false);
  });
});

describe('steering', () => {
  it('is what a comment above and the info string say', () => {
    const [one, two, three] = blocksOf(
      '<!-- netclaims: node=node-2 timeout=1m30s',
      '     name=look -->',
      '```bash title="x.sh" expect-fail {1,3} copy',
      'false',
      '```',
      '```sh pod=web/main skip="not here"',
      '```',
      '<!-- another comment -->',
      '```yaml file=pod.yaml',
      '```',
    );
    expect(one?.steering).toEqual({
      place: { kind: 'node', node: 'node-2' },
      timeoutMs: 90_000,
      name: 'look',
      expectFail: true,
    });
    expect(two?.steering).toEqual({
      place: { kind: 'pod', pod: 'web', container: 'main' },
      skip: 'not here',
    });
    expect(three?.steering).toEqual({ saveAs: 'pod.yaml' });
  });

  it.each([
    [
      ['<!-- netclaims: nod -->', '```sh', '```'],
      'docs/t.md:1:17 `nod` says nothing of a block → did you mean `node`?',
    ],
    [
      ['<!-- netclaims: x -->', '```sh', '```'],
      /^docs\/t.md:1:17 `x` says nothing of a block; what does: shell, /,
    ],
    [
      ['```sh expect-fial', '```'],
      'docs/t.md:1:7 `expect-fial` says nothing of a block → did you mean `expect-fail`?',
    ],
    [
      ['```sh timeout=soon', '```'],
      'docs/t.md:1:7 `timeout=soon` is no duration such as 30s, 2m or 1m30s, at most 24h',
    ],
    [['```sh pod', '```'], 'docs/t.md:1:7 `pod` needs a value: pod=NAME'],
    [['```sh pod=a/b/c', '```'], /names a pod, or a pod and a container/],
    [
      ['```sh skip node node', '```'],
      'docs/t.md:1:17 `node` says again, or otherwise, what was said before it',
    ],
    [['```sh node pod=a', '```'], /says again, or otherwise/],
    [['```sh node=', '```'], /`node=` needs a name/],
    [['```sh expect-fail=1', '```'], /`expect-fail=1` takes no value/],
    [['```sh background expect-fail', '```'], /contradict/],
    [['<!-- netclaims: background -->', '```sh cleanup', '```'], /^docs\/t.md:1:17 .*contradict/],
    [['<!-- netclaims: node -->', '```sh node', '```'], /say it once/],
    [
      ['<!-- netclaims: node -->', 'text'],
      'docs/t.md:1:17 steers nothing: no code block comes directly below → move it above the block',
    ],
    [['text', '', '<!-- netclaims: node -->'], /^docs\/t.md:3:17 steers nothing/],
    [['- a', '', '  <!-- netclaims:   nod -->', '  ```sh', '  ```'], /^docs\/t.md:3:21 /],
  ])('%j is told where it is wrong', (lines, message) => {
    expect(problemsOf(...lines)).toEqual([
      typeof message === 'string' ? message : expect.stringMatching(message),
    ]);
  });
});
