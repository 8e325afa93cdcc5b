/** Shorter than this and a value that is known to be secret is a word like any other, which would be taken out everywhere. */
export const shortestKnown = 6;

/** A line of a secret of several lines is one by itself. */
const shortestLine = 16;

/** How a secret may be written, the longest first, as one may be part of another. */
export interface Spellings {
  /** Texts that stand for all of it. */
  readonly texts: readonly string[];
  /** Parts of base64 that stand for all of it but a few bits at their ends, which are in the characters beside them. */
  readonly cores: readonly string[];
}

/** All spellings of secrets that netclaims and the usual tools produce. */
export const spellingsOf = (known: readonly string[]): Spellings => {
  const lines = known.flatMap((value) => value.split(/\r?\n/));
  const values = [
    ...known
      .flatMap((value) => [value, value.trim()])
      .filter((value) => value.trim().length >= shortestKnown),
    ...(lines.length === known.length ? [] : lines.filter((line) => line.length >= shortestLine)),
  ];
  return {
    texts: longestFirst(
      values.flatMap((value) => [
        value,
        ...inJson(value),
        ...inShells(value),
        ...inUrls(value),
        ...inHex(value),
        inMarkup(value),
      ]),
    ),
    cores: longestFirst(values.flatMap(inBase64)),
  };
};

const longestFirst = (texts: readonly string[]): readonly string[] =>
  [...new Set(texts)].filter((text) => text.length >= shortestKnown).sort((a, b) => b.length - a.length);

const escaped = (text: string, which: RegExp): string =>
  text.replace(which, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** As JavaScript, Go (`\u0026`), Python (ASCII only) and PHP (`\/`) write it; and that as a text in JSON. */
const inJson = (value: string): readonly string[] => {
  const plain = JSON.stringify(value).slice(1, -1);
  const all = [
    plain,
    escaped(plain, /[<>&\u2028\u2029]/g),
    escaped(plain, /[^\0-\x7f]/g),
    escaped(plain, /[<>&'+=]|[^\0-\x7f]/g),
    plain.replaceAll('/', '\\/'),
  ];
  return all.flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]);
};

/** In single quotes, in double quotes, in `$'…'`, and with a backslash before each character that needs one. */
const inShells = (value: string): readonly string[] => [
  value.replaceAll("'", `'\\''`),
  value.replaceAll("'", `'"'"'`),
  value.replace(/[$`"\\]/g, '\\$&'),
  inDollarQuotes(value),
  // As bash's `%q` does.
  value.replace(/[ \t'"\\|&;()<>!{}*[\]?^$`,]|(?<=[:=])~|^[~#]/g, '\\$&'),
];

const dollarEscapes: Readonly<Record<string, string>> = {
  ...{
    '\\': '\\\\',
    "'": `\\'`,
    '\f': '\\f',
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    '\v': '\\v',
    '\0': '\\0',
  },
};

const inDollarQuotes = (value: string): string =>
  value.replace(/[\\'\f\n\r\t\v\0]/g, (character) => dollarEscapes[character] ?? character);

/** Bytes, not characters: lone surrogates have no other way. */
const bytesOf = (value: string): Buffer => Buffer.from(value);

const inUrls = (value: string): readonly string[] => {
  const usual = encodeURIComponent(bytesOf(value).toString());
  const strict = usual.replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const form = new URLSearchParams({ v: bytesOf(value).toString() }).toString().slice('v='.length);
  const all = [usual, strict, form, usual.replaceAll('%20', '+'), usual.replaceAll('%2F', '/')];
  return all.flatMap((text) => [text, text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())]);
};

const inHex = (value: string): readonly string[] => {
  const hex = bytesOf(value).toString('hex');
  const pairs = hex.match(/../g) ?? [];
  return [hex, pairs.map((pair) => `\\x${pair}`).join(''), pairs.join(':'), pairs.join(' ')].flatMap(
    (text) => [text, text.replace(/[0-9a-f]{2}/g, (pair) => pair.toUpperCase())],
  );
};

const inMarkup = (value: string): string =>
  value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/**
 * What every base64 text has that has the value in it, wherever that begins: behind a whole number of three bytes, or one or two more. So a
 * newline behind it, or `user:` before it, makes no difference.
 */
const inBase64 = (value: string): readonly string[] => {
  const bytes = bytesOf(value);
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const core = text.slice(before === 0 ? 0 : before + 1, Math.floor(((before + bytes.length) * 8) / 6));
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')];
  });
};
