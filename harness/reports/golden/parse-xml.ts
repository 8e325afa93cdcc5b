/** An element of a parsed document; `text` is that of the element itself. */
export interface ParsedElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly ParsedElement[];
  readonly text: string;
}

/**
 * Parses what XML 1.0 calls well-formed, as far as reports use it: elements, attributes, text, references. Anything else throws, also
 * what most parsers would forgive, so that no report can lean on their kindness.
 */
export const parseXml = (text: string): ParsedElement => {
  const illegal = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(text);
  if (illegal !== null) throw new Error(`a character that XML cannot have at ${illegal.index}`);
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!text.startsWith(declaration)) throw new Error('no XML declaration');
  const { element, end } = parseElement(text, declaration.length);
  if (text.slice(end) !== '\n') throw new Error(`text after the root at ${end}`);
  return element;
};

interface Parsed {
  readonly element: ParsedElement;
  readonly end: number;
}

const startTag = /<([a-z][a-z-]*)((?: [a-z]+="[^<"]*")*)(\/?)>/y;

const parseElement = (text: string, start: number): Parsed => {
  startTag.lastIndex = start;
  const [tag, name = '', attributeText = '', empty] =
    startTag.exec(text) ?? fail(`no start tag at ${start}: ${text.slice(start, start + 80)}`);
  const attributes = parseAttributes(attributeText);
  const from = start + tag.length;
  if (empty === '/') return { element: { name, attributes, children: [], text: '' }, end: from };

  const children: ParsedElement[] = [];
  let content = '';
  for (let at = from; ;) {
    const next = text.indexOf('<', at);
    if (next === -1) return fail(`<${name}> is not closed`);
    content += characters(text.slice(at, next));
    if (text.startsWith(`</${name}>`, next)) {
      return { element: { name, attributes, children, text: content }, end: next + name.length + 3 };
    }
    const child = parseElement(text, next);
    children.push(child.element);
    at = child.end;
  }
};

const parseAttributes = (text: string): Readonly<Record<string, string>> => {
  const pairs = [...text.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(
    ([, key = '', value = '']) => [key, value] as const,
  );
  if (new Set(pairs.map(([key]) => key)).size < pairs.length) throw new Error(`an attribute twice in${text}`);
  // Raw blanks of all kinds are blanks in an attribute; only references keep their newlines.
  return Object.fromEntries(pairs.map(([key, value]) => [key, characters(value.replace(/[\t\n\r]/g, ' '))]));
};

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const characters = (text: string): string => {
  if (text.includes(']]>')) throw new Error('"]]>" in text');
  return text.replace(/\r\n?/g, '\n').replace(/&([^;&]*);?/g, (reference, name: string) => {
    const code = /^#([0-9]+)$/.exec(name)?.[1];
    const character = code === undefined ? named[name] : String.fromCodePoint(Number(code));
    return reference.endsWith(';') && character !== undefined
      ? character
      : fail(`no reference: ${reference}`);
  });
};

const fail = (message: string): never => {
  throw new Error(message);
};
