import { describe, expect, it } from '@jest/globals';
import { parseXml } from './parse-xml.js';

describe('parseXml', () => {
  const document = (body: string): string => `<?xml version="1.0" encoding="UTF-8"?>\n${body}\n`;

  it('reads what is well-formed', () => {
    const body = '<a b="&quot;&#10;\n"><c/>&lt;x&gt;<!-- y --><![CDATA[<z>]]></a>';
    expect(parseXml(document(body))).toEqual({
      name: 'a',
      attributes: { b: '"\n ' },
      children: [{ name: 'c', attributes: {}, children: [], text: '' }],
      text: '<x><z>',
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
