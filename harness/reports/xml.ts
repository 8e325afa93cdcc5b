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
export const renderXml = (root: XmlElement): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${elementText(root, '')}`;

const elementText = ({ name, attributes, children }: XmlElement, indent: string): string => {
  const start = [
    name,
    ...Object.entries(attributes).map(([key, value]) => `${key}="${escaped(value)}"`),
  ].join(' ');
  if (children.length === 0) return `${indent}<${start}/>\n`;
  if (typeof children === 'string') return `${indent}<${start}>${escaped(children, '\n\t')}</${name}>\n`;
  const inner = children.map((child) => elementText(child, `${indent}  `)).join('');
  return `${indent}<${start}>\n${inner}${indent}</${name}>\n`;
};

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** A parser turns raw line ends and tabs in an attribute into blanks, and a raw carriage return into a newline. */
const escaped = (text: string, asTheyAre = ''): string =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"\t\n\r]/g, (character) =>
      asTheyAre.includes(character) ? character : (references[character] ?? `&#${character.charCodeAt(0)};`),
    );
