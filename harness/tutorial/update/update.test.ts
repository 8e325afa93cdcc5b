import { describe, expect, it } from '@jest/globals';
import { bindings } from '../compare/bindings.js';
import { compareOutputs } from '../compare/compare-outputs.js';
import { correctDocument } from './correct-document.js';
import { stampDocument } from './stamp.js';

const corrected = (documented: readonly string[], printed: string) =>
  compareOutputs(documented, printed, bindings()).corrected;

describe('a corrected output', () => {
  it('has new lines where something changed, and the others as they were', () => {
    const documented = [
      '2: a@if7: mtu 1500',
      '    inet  10.244.0.5/24',
      '    gone',
      '    via 10.244.0.5 metric 1',
    ];
    const printed = '3: a@if9: mtu 1450\n  inet 10.88.0.2/24\n  via 10.88.0.2 metric 2\n  new\n';
    expect(corrected(documented, printed)).toEqual([
      '3: a@if9: mtu 1450',
      '    inet  10.244.0.5/24',
      '  via 10.244.0.5 metric 2',
      '  new',
    ]);
  });

  it('keeps its elisions, and is what was printed where there was nothing', () => {
    expect(corrected(['a', '...', 'z'], 'a\nb\ny\n')).toEqual(['a', '...']);
    expect(corrected([], 'a\nb\n')).toEqual(['a', 'b']);
  });
});

describe('correctDocument', () => {
  it('changes nothing but the lines of outputs, in lists and quotations and with other line ends', () => {
    const text = '# T\r\n\r\n- ```\r\n  a  \r\n  b\r\n  ```\r\n\r\n> ```\r\n> c\r\n> ```\r\nend';
    const list = { output: { line: 4, lines: ['a  ', 'b'] }, lines: ['a  ', 'B', '', 'C'] };
    const quotation = { output: { line: 9, lines: ['c'] }, lines: ['D'] };
    expect(correctDocument(text, [list, quotation])).toBe(
      '# T\r\n\r\n- ```\r\n  a  \r\n  B\r\n\r\n  C\r\n  ```\r\n\r\n> ```\r\n> D\r\n> ```\r\nend',
    );
  });

  it('fills a block that is empty', () => {
    expect(correctDocument('  ```\n  ```\n', [{ output: { line: 2, lines: [] }, lines: ['a'] }])).toBe(
      '  ```\n  a\n  ```\n',
    );
  });
});

it('stamps a document at its end, and the next time in the same place', () => {
  const once = stampDocument('# T\n', 'One.');
  expect(once).toBe('# T\n\n<!-- netclaims-stamp -->One.<!-- /netclaims-stamp -->\n');
  expect(stampDocument(`${once}more\n`, 'Two.')).toBe(
    '# T\n\n<!-- netclaims-stamp -->Two.<!-- /netclaims-stamp -->\nmore\n',
  );
});
