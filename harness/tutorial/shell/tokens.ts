/** A token of a shell script, by its place in it. */
export type ShellToken = { readonly start: number; readonly end: number } & (
  | {
      readonly kind: 'word';
      /** Without quotes. */
      readonly value: string;
      /** Whether nothing in it is left to the shell to work out (variables, substitutions, globs). */
      readonly literal: boolean;
      /** Whether it was written without quotes, so that it can be a reserved word. */
      readonly bare: boolean;
    }
  | { readonly kind: 'operator'; readonly value: string }
  /** `body` is what a here-document hands to its command. */
  | { readonly kind: 'redirect'; readonly value: string; readonly body?: string }
  | { readonly kind: 'newline' }
);

const operators = ['&&', '||', ';;', '|&', '|', '&', ';', '(', ')'] as const;
const redirects = ['<<<', '<<-', '<<', '&>>', '&>', '>>', '>|', '>&', '<&', '<>', '>', '<'] as const;

/** Ends a token that is not closed at the script's end, such as a quote. */
export interface Unclosed {
  readonly start: number;
  readonly what: string;
}

/**
 * The tokens of a script in the shell's language, without its comments. What is inside of substitutions stays part of its word.
 */
export const shellTokens = (
  script: string,
): { readonly tokens: readonly ShellToken[]; readonly unclosed: Unclosed | undefined } => {
  const tokens: ShellToken[] = [];
  let unclosed: Unclosed | undefined;
  let at = 0;
  /** Here-documents whose bodies begin on the next line. */
  let pending: { readonly index: number; readonly tabs: boolean }[] = [];

  const startsWith = <T extends string>(all: readonly T[]): T | undefined =>
    all.find((one) => script.startsWith(one, at));

  const hereDocuments = () => {
    for (const { index, tabs } of pending) {
      const redirect = tokens[index];
      const delimiter = tokens[index + 1];
      if (redirect?.kind !== 'redirect' || delimiter?.kind !== 'word') continue;
      const body: string[] = [];
      for (;;) {
        const end = script.indexOf('\n', at);
        const line = script.slice(at, end === -1 ? script.length : end);
        const read = tabs ? line.replace(/^\t+/, '') : line;
        const last = end === -1;
        at = last ? script.length : end + 1;
        if (read === delimiter.value) break;
        if (last) {
          unclosed ??= { start: redirect.start, what: `the here-document ${delimiter.value}` };
          break;
        }
        body.push(`${read}\n`);
      }
      tokens[index] = { ...redirect, body: body.join('') };
    }
    pending = [];
  };

  const word = (): ShellToken => {
    const start = at;
    let value = '';
    let literal = true;
    let bare = true;
    const part = (end: number, what: string) => {
      if (end === -1) unclosed ??= { start: at, what };
      const stop = end === -1 ? script.length : end;
      const text = script.slice(at, stop);
      at = stop;
      return text;
    };
    while (at < script.length && !/[\s;|&()<>]/.test(script[at] ?? '')) {
      const character = script[at];
      if (character === "'") {
        bare = false;
        const text = part(closing(script, at, "'"), 'the quote');
        value += text.slice(1, -1);
      } else if (character === '"') {
        bare = false;
        const text = part(closing(script, at, '"'), 'the quote');
        if (/[$`]/.test(text.replace(/\\./g, ''))) literal = false;
        value += text
          .slice(1, -1)
          .replace(/\\(["\\$`\n])/g, (_, escaped: string) => (escaped === '\n' ? '' : escaped));
      } else if (character === '\\') {
        bare = false;
        value += script[at + 1] === '\n' ? '' : (script[at + 1] ?? '');
        at += 2;
      } else if (character === '$' && /[({]/.test(script[at + 1] ?? '')) {
        literal = false;
        value += part(closing(script, at + 1, script[at + 1] === '(' ? ')' : '}'), 'the substitution');
      } else if (character === '`') {
        literal = false;
        value += part(closing(script, at, '`'), 'the substitution');
      } else {
        if (/[$*?[~]/.test(character ?? '')) literal = false;
        value += character ?? '';
        at += 1;
      }
    }
    return { kind: 'word', start, end: at, value, literal, bare };
  };

  while (at < script.length) {
    const start = at;
    const character = script[at] ?? '';
    if (character === '\n') {
      at += 1;
      tokens.push({ kind: 'newline', start, end: at });
      hereDocuments();
      continue;
    }
    if (script.startsWith('\\\n', at)) at += 2;
    else if (/\s/.test(character)) at += 1;
    else if (character === '#') {
      const end = script.indexOf('\n', at);
      at = end === -1 ? script.length : end;
    } else {
      const [digits = ''] = /^\d*(?=[<>])/.exec(script.slice(at, at + 4)) ?? [];
      at += digits.length;
      const redirect = startsWith(redirects);
      const operator = digits === '' ? startsWith(operators) : undefined;
      // `<(command)` and `>(command)` are words.
      if (redirect !== undefined && !(redirect.length === 1 && script[at + 1] === '(')) {
        at += redirect.length;
        if (redirect === '<<' || redirect === '<<-')
          pending.push({ index: tokens.length, tabs: redirect === '<<-' });
        tokens.push({ kind: 'redirect', start, end: at, value: script.slice(start, at) });
      } else if (redirect !== undefined) {
        const end = closing(script, at + 1, ')');
        if (end === -1) unclosed ??= { start, what: 'the substitution' };
        at = end === -1 ? script.length : end;
        tokens.push({
          kind: 'word',
          start,
          end: at,
          value: script.slice(start, at),
          literal: false,
          bare: false,
        });
      } else if (operator !== undefined) {
        at += operator.length;
        tokens.push({ kind: 'operator', start, end: at, value: operator });
      } else tokens.push(word());
    }
  }
  hereDocuments();
  return { tokens, unclosed };
};

/** Behind what closes a quote or bracket that stands at `from`; -1 when nothing does. */
const closing = (script: string, from: number, close: string): number => {
  const open = script[from] ?? '';
  for (let at = from + 1; at < script.length; at += 1) {
    const character = script[at];
    if (close !== "'" && character === '\\') at += 1;
    else if (character === close) return at + 1;
    else if (close === ')' || close === '}') {
      const inner = character === '(' ? ')' : character === '{' && open === '{' ? '}' : undefined;
      const nested = inner ?? (/["'`]/.test(character ?? '') ? character : undefined);
      if (nested === undefined) continue;
      const end = closing(script, at, nested);
      if (end === -1) return -1;
      at = end - 1;
    } else if (close === '"' && script.startsWith('$(', at)) {
      const end = closing(script, at + 1, ')');
      if (end === -1) return -1;
      at = end - 1;
    }
  }
  return -1;
};
