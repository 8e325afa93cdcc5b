import { describe, expect, it } from '@jest/globals';
import { visible, visibleLines } from './visible.js';

describe('visible', () => {
  it('writes out what a terminal would obey', () => {
    expect(visible('\u001b[2J\u0007\u009b1m\u007f')).toBe('\\x1b[2J\\x07\\x9b1m\\x7f');
    expect(visible('a\tb\r\nc')).toBe('a\\tb\\r\\nc');
    expect(visible('\u202eevil\u2066 \u2028 \ufeff')).toBe('\\u202eevil\\u2066 \\u2028 \\ufeff');
    expect(visible('\u{e0041}')).toBe('\\u{e0041}');
    expect(visible('\ufffe\u{1ffff}')).toBe('\\ufffe\\u{1ffff}');
    expect(visible('half \ud83d pair')).toBe('half \\ud83d pair');
  });

  it('leaves what can be read as it is', () => {
    expect(visible('Grüße, 日本, 🦊 "q" \\n <&>')).toBe('Grüße, 日本, 🦊 "q" \\n <&>');
  });

  it('keeps the lines of a text apart', () => {
    expect(visibleLines('one\r\ntwo\u001b\n')).toEqual(['one', 'two\\x1b']);
    expect(visibleLines('')).toEqual(['']);
    expect(visibleLines('a\n\nb')).toEqual(['a', '', 'b']);
  });
});
