import { SaxesParser } from 'saxes';

/** An element of a parsed document; `text` is that of the element itself. */
export interface ParsedElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly ParsedElement[];
  readonly text: string;
}

type Unfinished = ParsedElement & { readonly children: ParsedElement[]; text: string };

const started = (name: string, attributes: Readonly<Record<string, string>>): Unfinished => ({
  name,
  attributes: { ...attributes },
  children: [],
  text: '',
});

/** Parses what XML 1.0 calls well-formed. Throws on the first error, also on those that most parsers would forgive. */
export const parseXml = (document: string): ParsedElement => {
  const outside = started('', {});
  const open = [outside];
  const parser = new SaxesParser();
  const append = (text: string): void => {
    const inner = open.at(-1);
    if (inner !== undefined) inner.text += text;
  };
  parser.on('text', append);
  parser.on('cdata', append);
  parser.on('opentag', ({ name, attributes }) => {
    const inner = started(name, attributes);
    open.at(-1)?.children.push(inner);
    open.push(inner);
  });
  parser.on('closetag', () => open.pop());
  // Without a handler for errors, saxes throws them.
  parser.write(document).close();
  const [root] = outside.children;
  if (root === undefined) throw new Error('no element');
  return root;
};
