import { maskPlaceholders } from './placeholders.js';
import { shellTokens, type ShellToken } from './tokens.js';

/** One statement of a script: what a person would type before pressing Enter. */
export interface Statement {
  /** As it was written, here-documents included. */
  readonly source: string;
  /** Its first line, counted from 0 within the script. */
  readonly line: number;
  /** The commands in it, wherever in it they stand; those inside of `$( )` are not among them. */
  readonly commands: readonly ShellCommand[];
  /** When it is nothing but commands that are piped to each other, each with its source. */
  readonly pipeline: readonly ShellCommand[] | undefined;
}

export interface ShellCommand {
  readonly source: string;
  /** Its name and arguments without quotes. Assignments before the name are left out. */
  readonly words: readonly string[];
  /** Whether it consists of words alone: no variable, and no redirection but a here-document. */
  readonly plain: boolean;
  /** What its here-document hands to it. */
  readonly stdin: string | undefined;
}

export interface SplitScript {
  readonly statements: readonly Statement[];
  /** Why the rest is no whole statement, at a line counted from 0. */
  readonly broken: { readonly line: number; readonly what: string } | undefined;
}

const openers: Readonly<Record<string, string>> = {
  if: 'fi',
  case: 'esac',
  for: 'done',
  while: 'done',
  until: 'done',
  select: 'done',
  '{': '}',
};
const closers = new Set(Object.values(openers));
/** After these a command begins. */
const leads = new Set([
  'then',
  'else',
  'elif',
  'do',
  '!',
  'time',
  ...Object.keys(openers).filter((word) => !/^(for|case|select)$/.test(word)),
]);

/** The statements of a script. Placeholders such as `<pid>` are words in it. Pure. */
export const splitScript = (script: string): SplitScript => {
  const { tokens, unclosed } = shellTokens(maskPlaceholders(script));
  const lineOf = (offset: number) => script.slice(0, offset).split('\n').length - 1;
  const statements: Statement[] = [];
  let own: ShellToken[] = [];
  let open: { readonly close: string; readonly start: number }[] = [];
  let head = true;

  const finish = () => {
    if (own.length > 0) statements.push(statementOf(script, own, lineOf));
    own = [];
  };
  for (const [index, token] of tokens.entries()) {
    const previous = own.at(-1);
    const goesOn = previous?.kind === 'operator' && /^(\|\||&&|\||\|&)$/.test(previous.value);
    const ends =
      token.kind === 'newline'
        ? !goesOn
        : token.kind === 'operator' && (token.value === ';' || token.value === '&');
    if (ends && open.length === 0) {
      if (token.kind === 'operator' && token.value === '&') own.push(token);
      finish();
      head = true;
      continue;
    }
    if (token.kind === 'newline') {
      head = true;
      continue;
    }
    own.push(token);
    if (token.kind === 'operator') {
      if (token.value === '(') open.push({ close: ')', start: token.start });
      if (token.value === ')' && open.at(-1)?.close === ')') open = open.slice(0, -1);
      head = true;
    } else if (token.kind === 'word') {
      if (head && token.bare) {
        const close = openers[token.value];
        if (close !== undefined) open.push({ close, start: token.start });
        if (closers.has(token.value) && open.at(-1)?.close === token.value) open = open.slice(0, -1);
      }
      head =
        (head && leads.has(token.value)) ||
        (head && isAssignment(token.value)) ||
        redirected(tokens[index - 1], head);
    }
  }
  finish();
  const [compound] = open;
  const broken =
    unclosed ??
    (compound === undefined ? undefined : { start: compound.start, what: 'the compound command' });
  return {
    statements,
    broken: broken && { line: lineOf(broken.start), what: `${broken.what} that begins here does not end` },
  };
};

/** A redirection's target leaves a command's head where it was. */
const redirected = (before: ShellToken | undefined, head: boolean): boolean =>
  before?.kind === 'redirect' && head;

const isAssignment = (word: string): boolean => /^[A-Za-z_]\w*\+?=/.test(word);

const statementOf = (
  script: string,
  tokens: readonly ShellToken[],
  lineOf: (offset: number) => number,
): Statement => {
  const [first] = tokens;
  const start = first?.start ?? 0;
  const end = Math.max(...tokens.map((token) => token.end));
  const bodies = tokens.flatMap((token) =>
    token.kind === 'redirect' && token.body !== undefined ? token.body : [],
  );
  const source =
    bodies.length === 0 ? script.slice(start, end) : script.slice(start, endOfBodies(script, end, tokens));
  const commands = commandsOf(script, tokens);
  const simple = tokens.every((token) => token.kind !== 'operator' || token.value === '|');
  return {
    source,
    line: lineOf(start),
    commands,
    pipeline: simple && !isCompound(tokens) ? commands : undefined,
  };
};

const isCompound = ([first]: readonly ShellToken[]): boolean =>
  first?.kind === 'word' && first.bare && (first.value in openers || leads.has(first.value));

/** Behind the last here-document of a statement. */
const endOfBodies = (script: string, end: number, tokens: readonly ShellToken[]): number => {
  let at = script.indexOf('\n', end);
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'redirect' || token.body === undefined || at === -1) continue;
    const delimiter = tokens[index + 1];
    const name = delimiter?.kind === 'word' ? delimiter.value : '';
    const rest = script.slice(at + 1).split('\n');
    const last = rest.findIndex((line) => line.replace(/^\t+/, '') === name);
    const taken = rest.slice(0, last === -1 ? rest.length : last + 1).join('\n').length;
    at += 1 + taken;
  }
  return at === -1 ? script.length : Math.min(at, script.length);
};

const commandsOf = (script: string, tokens: readonly ShellToken[]): readonly ShellCommand[] => {
  const groups: ShellToken[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'operator') groups.push([]);
    else groups.at(-1)?.push(token);
  }
  return groups.flatMap((group) => {
    const command = commandOf(script, group);
    return command === undefined || command.words.length === 0 ? [] : [command];
  });
};

const commandOf = (script: string, group: readonly ShellToken[]): ShellCommand | undefined => {
  const [first] = group;
  const last = group.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const words: { readonly value: string; readonly literal: boolean }[] = [];
  let plain = true;
  let stdin: string | undefined;
  for (const [index, token] of group.entries()) {
    const before = group[index - 1];
    if (token.kind === 'redirect') {
      if (token.body === undefined) plain = false;
      else stdin = token.body;
    } else if (token.kind === 'word' && before?.kind !== 'redirect') words.push(token);
  }
  const from = words.findIndex(
    ({ value }) => !isAssignment(value) && !leads.has(value) && !closers.has(value),
  );
  const named = from === -1 ? [] : words.slice(from);
  return {
    source: script.slice(first.start, last.end),
    words: named.map(({ value }) => value),
    plain: plain && from === 0 && named.every(({ literal }) => literal),
    stdin,
  };
};
