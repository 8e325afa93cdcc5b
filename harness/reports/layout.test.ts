import { describe, expect, it } from '@jest/globals';
import { cut, displayWidth, indented, padded, twoColumns, wrapped } from './layout.js';

describe('displayWidth', () => {
  it('counts the cells that a terminal uses', () => {
    expect(displayWidth('')).toBe(0);
    expect(displayWidth('abc')).toBe(3);
    expect(displayWidth('größe')).toBe(5);
    expect(displayWidth('e\u0301')).toBe(1);
    expect(displayWidth('\u0301')).toBe(0);
    expect(displayWidth('日本')).toBe(4);
    expect(displayWidth('🦊!')).toBe(3);
  });
});

describe('padded and cut', () => {
  it('give the width that was asked for', () => {
    expect(padded('日', 4)).toBe('日  ');
    expect(padded('abcd', 2)).toBe('abcd');
    expect(cut('abcdef', 6)).toBe('abcdef');
    expect(cut('abcdef', 4)).toBe('abc…');
    expect(cut('日本語', 4)).toBe('日…');
    expect(cut('abc', 1)).toBe('…');
    expect(cut('abc', 0)).toBe('');
  });
});

describe('wrapped', () => {
  it('fills lines with whole words', () => {
    expect(wrapped('the quick brown fox', 10)).toEqual(['the quick', 'brown fox']);
    expect(wrapped('  a  b ', 10)).toEqual(['a b']);
    expect(wrapped('', 10)).toEqual(['']);
  });

  it('breaks only words that no line has room for, and never a character', () => {
    expect(wrapped('see 4026531840 now', 6)).toEqual(['see', '402653', '1840', 'now']);
    expect(wrapped('日本語', 3)).toEqual(['日', '本', '語']);
    expect(wrapped('🦊', 1)).toEqual(['🦊']);
    expect(wrapped('ab', 0)).toEqual(['a', 'b']);
  });
});

describe('twoColumns', () => {
  const rows = [
    { left: 'p1.netns.inode', right: '4026532501' },
    { left: 'p2', right: 'a value of many words' },
  ];

  it('aligns the right column and wraps in it', () => {
    expect(twoColumns(rows, 60)).toEqual([
      'p1.netns.inode  4026532501',
      'p2              a value of many words',
    ]);
    expect(twoColumns([{ left: 'a', right: 'one two three four five six seven' }], 30)).toEqual([
      'a  one two three four five six',
      '   seven',
    ]);
  });

  it('puts the value below where there is no room beside', () => {
    expect(twoColumns(rows, 20)).toEqual([
      'p1.netns.inode',
      '  4026532501',
      'p2',
      '  a value of many',
      '  words',
    ]);
  });

  it('is nothing for nothing', () => {
    expect(twoColumns([], 20)).toEqual([]);
    expect(indented(['a', ''], 2)).toEqual(['  a', '']);
  });
});
