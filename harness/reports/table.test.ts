import { describe, expect, it } from '@jest/globals';
import { table } from './table.js';

describe('table', () => {
  it('aligns columns two blanks apart, with none at the end of a line', () => {
    expect(
      table([
        ['NAME', 'CNI'],
        ['a-longer-name', 'ptp'],
        ['b', ''],
      ]),
    ).toEqual(['NAME           CNI', 'a-longer-name  ptp', 'b']);
  });

  it('counts the columns that a terminal uses, not characters', () => {
    expect(
      table([
        ['日本', 'x'],
        ['abcd', 'y'],
        ['é', 'z'],
      ]),
    ).toEqual(['日本  x', 'abcd  y', 'é     z']);
  });

  it('takes rows of several lengths, and none', () => {
    expect(table([['a'], ['bb', 'c', 'd']])).toEqual(['a', 'bb  c  d']);
    expect(table([])).toEqual([]);
  });

  it('shows what would move the cursor instead of doing it', () => {
    const [line = ''] = table([['a\u001b[2Jb\nc', 'd']]);
    expect(line).not.toMatch(/\p{Cc}/u);
    expect(line).toMatch(/^a.*b.*c {2}d$/);
  });
});
