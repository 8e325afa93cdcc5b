import { describe, expect, it } from '@jest/globals';
import { styleOf } from './style.js';

describe('styleOf', () => {
  const terminal = { isTTY: true, columns: 80 };

  it('colours and writes over lines on a terminal only', () => {
    expect(styleOf(terminal, {})).toEqual({ live: true, colour: true, columns: 80 });
    expect(styleOf({}, {})).toEqual({ live: false, colour: false, columns: 100 });
    expect(styleOf({ isTTY: false, columns: 80 }, {})).toMatchObject({ live: false, colour: false });
  });

  it('has no colours where NO_COLOR says so, unless that is empty', () => {
    expect(styleOf(terminal, { NO_COLOR: '1' })).toMatchObject({ live: true, colour: false });
    expect(styleOf(terminal, { NO_COLOR: '' })).toMatchObject({ live: true, colour: true });
  });

  it('takes a dumb terminal for a file', () => {
    expect(styleOf(terminal, { TERM: 'dumb' })).toEqual({ live: false, colour: false, columns: 80 });
  });

  it('keeps to a narrow window', () => {
    expect(styleOf({ isTTY: true, columns: 20 }, { TERM: 'xterm' })).toMatchObject({ columns: 20 });
  });
});
