import { describe, expect, it } from '@jest/globals';
import { firstOddByte, outputBytes, outputText } from './output-text.js';

const text = (...bytes: readonly number[]): string => outputText(Uint8Array.from(bytes));

describe('the text of an output', () => {
  it('is the text that it is in UTF-8', () => {
    for (const each of [
      '',
      'plain\n',
      '\u0000',
      'ä€😀',
      '\ufeffmark',
      '\ufffd',
      '\udbff\udfff',
      '\ud83d\ude00\ufffd',
    ]) {
      expect(outputText(Buffer.from(each))).toBe(each);
      expect(firstOddByte(each)).toBeUndefined();
    }
  });

  it('tells bytes apart that are no UTF-8', () => {
    expect(text(0x80, 0x81)).not.toBe(text(0xfe, 0xff));
    expect(text(0x80, 0x81)).not.toBe('\ufffd\ufffd');
    expect(text(0x61, 0xff, 0x62)).toBe('a\udcffb');
  });

  it.each([
    ['an overlong form', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xb2, 0x80]],
    ['a number beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
    ['a character that is cut off', [0x61, 0xe2, 0x82]],
    ['a character that something interrupts', [0xf0, 0x9f, 0x41, 0x98]],
  ])('has %s byte by byte', (_, bytes) => {
    const decoded = text(...bytes);
    expect(firstOddByte(decoded)).toBe(bytes.findIndex((byte) => byte >= 0x80));
    expect([...outputBytes(decoded)]).toEqual(bytes);
  });

  it('gives all bytes back, also through JSON', () => {
    // A fixed sequence of bytes of every kind.
    let state = 1;
    const bytes = Uint8Array.from({ length: 50_000 }, () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state >> 16;
    });
    const decoded = outputText(bytes);
    const stored = JSON.parse(Buffer.from(JSON.stringify(decoded)).toString()) as string;
    expect(Buffer.compare(outputBytes(stored), bytes)).toBe(0);
  });

  it('says where the first odd byte lies, counted in bytes', () => {
    expect(firstOddByte(outputText(Buffer.concat([Buffer.from('ä😀'), Buffer.of(0xff)])))).toBe(6);
  });
});
