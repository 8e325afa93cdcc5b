import { expect, it } from '@jest/globals';
import { sourceText } from './source-text.js';

const text = (source: string, part: string) => {
  const start = source.indexOf(part);
  return sourceText(source, { start, end: start + part.length });
};

it('is what the range covers', () => expect(text('a.b == c', 'a.b')).toBe('a.b'));
it('completes the parentheses that the range cuts', () => {
  expect(text('((a + b) * c) == d', 'a + b) * c')).toBe('(a + b) * c');
  expect(text('a * ((b + c))', 'a * ((b + c')).toBe('a * ((b + c))');
  expect(text('f((a) + (b))', 'a) + (b')).toBe('(a) + (b)');
});
it('takes no parenthesis in text or in a comment for one', () => {
  expect(text('x == ")" + y', '")" + y')).toBe('")" + y');
  expect(text("(a == '\\')(' + r'\\') && b", "a == '\\')(' + r'\\'")).toBe("a == '\\')(' + r'\\'");
  expect(text('(a // :-)\n + b)', 'a // :-)\n + b')).toBe('a // :-) + b');
});
it('is on one line', () => expect(text('a &&\n    b', 'a &&\n    b')).toBe('a && b'));
