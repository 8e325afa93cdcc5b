import { describe, expect, it } from '@jest/globals';
import { hostile } from './golden/facts.js';
import { parseXml } from './golden/parse-xml.js';
import { element, renderXml } from './xml.js';

describe('renderXml', () => {
  it('writes elements, attributes and text', async () => {
    const root = element('a', { b: '1', c: '' }, [
      element('d', {}),
      element('e', {}, ' x\ny '),
      element('f', {}, ''),
    ]);
    expect(await renderXml(root)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<a b="1" c="">\n  <d/>\n  <e> x\ny </e>\n  <f/>\n</a>\n',
    );
  });

  it.each([
    hostile,
    '<![CDATA[ ]]> -->',
    '&lt; &#60; &#x3c; &',
    '&nbsp; &amp;lt; &#0; &constructor;',
    '"\'',
    'a\r\nb\tc\nd',
    '\u0000\uffff\ud800',
    '🦊日本',
    ' x ',
  ])('gives %j back to a parser', async (text) => {
    const expected = text.replace(/[^\P{Cc}\t\n\r]|\p{Cs}|\p{Noncharacter_Code_Point}/gu, '\ufffd');
    const { attributes, text: content } = parseXml(await renderXml(element('a', { b: text }, text)));
    expect(attributes).toEqual({ b: expected });
    expect(content).toBe(expected);
  });
});
