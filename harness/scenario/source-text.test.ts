import { describe, expect, it } from '@jest/globals';
import { sourceText } from './source-text.js';

describe('sourceText', () => {
  it.each([
    ['\n', 'a\nbc\n\nd'],
    ['\r\n', 'a\r\nbc\r\n\r\nd'],
    ['\r', 'a\rbc\r\rd'],
  ])('counts lines that end in %j', (_, text) => {
    const source = sourceText('f', text);
    expect(source.positionAt(text.indexOf('c'))).toEqual({ line: 2, column: 2 });
    expect(source.positionAt(text.indexOf('d'))).toEqual({ line: 4, column: 1 });
    expect(source.positionAt(text.length + 5)).toEqual({ line: 4, column: 2 });
  });

  it('does not count a byte order mark', () => {
    const source = sourceText('f', '\uFEFFabc');
    expect(source.text).toBe('abc');
    expect(source.positionAt(0)).toEqual({ line: 1, column: 1 });
  });

  it('shows a line with carets, tabs as they are', () => {
    const text = 'x\n\tan error here\ny';
    expect(sourceText('f', text).excerpt(text.indexOf('error'), text.indexOf(' here'))).toBe(
      '    \tan error here\n    \t   ^^^^^',
    );
  });

  it('marks no more than the line has, and at least one place', () => {
    const text = 'ab\ncd';
    expect(sourceText('f', text).excerpt(1, 5)).toBe('    ab\n     ^');
    expect(sourceText('f', text).excerpt(5, 5)).toBe('    cd\n      ^');
  });

  it('cuts a long line around the place', () => {
    const text = `${'a'.repeat(300)}X${'b'.repeat(300)}`;
    const [line = '', carets = ''] = sourceText('f', text).excerpt(300, 301).split('\n');
    expect(line).toHaveLength(104);
    expect(line.charAt(carets.indexOf('^'))).toBe('X');
  });

  it('shows nothing that a terminal obeys', () => {
    expect(sourceText('f', 'a\u001b[31mb').excerpt(0, 1)).toBe('    a\uFFFD[31mb\n    ^');
  });
});
