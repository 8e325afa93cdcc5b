import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';

/** An element with its attributes in order, and elements or text in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[] | string;
}

export const element = (
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly XmlElement[] | string = [],
): XmlElement => ({ name, attributes, children });

/** A document of XML 1.0 in UTF-8, indented by two blanks, the text as it is. What XML cannot have becomes U+FFFD. */
export const renderXml = async (root: XmlElement): Promise<string> => {
  // The library takes about 90 ms to load, which no run without such a report is to wait for.
  const { create } = await import('xmlbuilder2');
  const document = create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '\ufffd' });
  append(document, root);
  return `${document.end({ prettyPrint: true, wellFormed: true })}\n`;
};

const append = (parent: XMLBuilder, { name, attributes, children }: XmlElement): void => {
  const built = parent.ele(name);
  for (const [key, value] of Object.entries(attributes)) built.att(key, withReferences(value, /[&\t\n\r]/g));
  if (typeof children === 'string') built.txt(withReferences(children, /[&\r]/g));
  else for (const child of children) append(built, child);
};

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/**
 * Writes characters as references, which the library leaves alone. It leaves alone what only looks like one as well: `&nbsp;` in a text
 * would break the document, `&lt;` would be read as `<`. And it writes line ends and tabs raw: a parser turns those in an attribute
 * into blanks, and a carriage return anywhere into a newline.
 */
const withReferences = (text: string, characters: RegExp): string =>
  text.replace(characters, (character) => references[character] ?? character);
