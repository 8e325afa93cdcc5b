import { describe, expect, it } from '@jest/globals';
import { hostile } from './golden/facts.js';
import { parseXml } from './golden/parse-xml.js';
import { element, renderXml } from './xml.js';

describe('renderXml', () => {
  it('writes elements, attributes and text', () => {
    const root = element('a', { b: '1', c: '' }, [
      element('d', {}),
      element('e', {}, ' x\ny '),
      element('f', {}, ''),
    ]);
    expect(renderXml(root)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<a b="1" c="">\n  <d/>\n  <e> x\ny </e>\n  <f/>\n</a>\n',
    );
  });

  it.each([
    hostile,
    '<![CDATA[ ]]> -->',
    '&lt; &#60; &',
    '"\'',
    'a\r\nb\tc\nd',
    '\u0000\uffff\ud800',
    '🦊日本',
    ' x ',
  ])('gives %j back to a parser', (text) => {
    const expected = text.replace(/[^\P{Cc}\t\n\r]|\p{Cs}|\p{Noncharacter_Code_Point}/gu, '\ufffd');
    const { attributes, text: content } = parseXml(renderXml(element('a', { b: text }, text)));
    expect(attributes).toEqual({ b: expected });
    expect(content).toBe(expected);
  });
});

describe('parseXml', () => {
  const document = (body: string): string => `<?xml version="1.0" encoding="UTF-8"?>\n${body}\n`;

  it('reads what is well-formed', () => {
    expect(parseXml(document('<a b="&quot;&#10;\n"><c/>&lt;x&gt;</a>'))).toEqual({
      name: 'a',
      attributes: { b: '"\n ' },
      children: [{ name: 'c', attributes: {}, children: [], text: '' }],
      text: '<x>',
    });
  });

  it.each([
    '<a>',
    '<a></b>',
    '<a/><a/>',
    '<a><b></a></b>',
    '<a b=1/>',
    '<a b="<"/>',
    '<a b="1" b="2"/>',
    '<a b="1"c="2"/>',
    '<a>&</a>',
    '<a>&nbsp;</a>',
    '<a>& b;</a>',
    '<a>]]></a>',
    '<a>\u001b</a>',
    '<a>\ud800</a>',
    '<a b="&"/>',
    'text',
    '',
  ])('refuses %j', (body) => {
    expect(() => parseXml(document(body))).toThrow();
  });
});
