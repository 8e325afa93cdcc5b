import { basename } from 'node:path';
import MarkdownIt, { type Token } from 'markdown-it';
import type { Problem } from '../../domain/problem.js';
import type { CodeBlock, Passage, Section, Steering, TutorialDocument } from './document.js';
import { contradiction, readSteering } from './steering-words.js';

const markdown = new MarkdownIt({ html: true });

/** Reads a tutorial: its sections, code blocks and passages, and what is wrong with its steering, by place. Pure. */
export const readDocument = (
  file: string,
  text: string,
): { readonly document: TutorialDocument; readonly problems: readonly Problem[] } => {
  const name = basename(file).replace(/\.(md|markdown|mdx)$/i, '');
  const source = withoutFrontMatter(text.replace(/^\uFEFF/, ''));
  const reader = startReading(file, name, source.split(/\r\n|\r|\n/));
  for (const [index, token] of markdown.parse(source, {}).entries()) reader.take(token, index);
  return reader.end();
};

/** Front matter is metadata for other tools; its lines are kept empty, so that all others keep their numbers. */
const withoutFrontMatter = (text: string): string =>
  text.replace(/^(---|\+\+\+)[ \t]*\r?\n[^]*?\r?\n\1[ \t]*(\r?\n|$)/, (matter) =>
    matter.replace(/[^\r\n]+/g, ''),
  );

interface Comment {
  readonly line: number;
  readonly column: number;
  readonly words: string;
}

interface Reader {
  take(token: Token, index: number): void;
  end(): { readonly document: TutorialDocument; readonly problems: readonly Problem[] };
}

type Growing = Omit<Section, 'blocks' | 'passages'> & {
  readonly blocks: CodeBlock[];
  readonly passages: Passage[];
};

const startReading = (file: string, name: string, lines: readonly string[]): Reader => {
  const problems: Problem[] = [];
  const section = (title: string, trail: readonly string[], line: number): Growing => ({
    ...{ title, trail, line, blocks: [], passages: [] },
  });
  const sections: Growing[] = [section(name, [name], 1)];
  let trail: readonly { readonly depth: number; readonly title: string }[] = [];
  let depth = 0;
  let inItem = 0;
  let inHeading = false;
  /** What was said above the next block. */
  let above: Comment | undefined;
  let between: 'nothing' | 'introduction' | 'other' = 'other';

  const current = (): Growing => sections.at(-1) ?? section(name, [name], 1);
  const wrong = (line: number, column: number, message: string) =>
    problems.push({ file, line, column, message, severity: 'error' });
  const unused = () => {
    if (above !== undefined)
      wrong(
        above.line,
        above.column,
        'steers nothing: no code block comes directly below → move it above the block',
      );
    above = undefined;
  };

  const heading = (text: string, line: number) => {
    trail = [...trail.filter((one) => one.depth < depth), { depth, title: text }];
    sections.push(
      section(
        text,
        trail.map(({ title }) => title),
        line,
      ),
    );
  };

  const passage = (token: Token) => {
    const line = (token.map?.[0] ?? 0) + 1;
    const text = plainText(token);
    const kind = inHeading ? 'heading' : inItem > 0 ? 'item' : 'paragraph';
    if (inHeading) heading(text, line);
    const marked = above !== undefined && /^claim(=\S+)?$/.test(above.words) ? above : undefined;
    if (marked === undefined) unused();
    else above = undefined;
    const scenario = marked?.words.split('=')[1];
    current().passages.push({ kind, text, line, ...(marked === undefined ? {} : { claim: { scenario } }) });
    between = between === 'nothing' && /[:：]$/.test(text) && !inHeading ? 'introduction' : 'other';
  };

  const comment = (token: Token) => {
    for (const found of commentsIn(token, lines)) {
      unused();
      above = found;
    }
    if (!/^\s*<!--[^]*-->\s*$/.test(token.content)) between = 'other';
  };

  const block = (token: Token) => {
    const [from = 0, to = from] = token.map ?? [];
    const fenced = token.type === 'fence';
    const info = token.info.trim();
    const [language = ''] = /^[^\s{]+/.exec(info) ?? [];
    const line = from + (fenced ? 2 : 1);
    const steering = steeringOf(info.slice(language.length), from, language.length, info);
    const content = token.content.replace(/\r\n?/g, '\n');
    current().blocks.push({
      line,
      language: language.toLowerCase(),
      lines:
        content === ''
          ? []
          : content
              .replace(/\n$/, '')
              .split('\n')
              .slice(0, to - from),
      ...steering,
      followsBlock: between !== 'other',
    });
    between = 'nothing';
  };

  /** What the comment above a block and its info string say together. */
  const steeringOf = (meta: string, from: number, skipped: number, info: string) => {
    const own = readSteering(meta, 'info');
    const infoColumn = (lines[from] ?? '').indexOf(info) + 1 + skipped;
    for (const { offset, message } of own.mistakes) wrong(from + 1, infoColumn + offset, message);
    if (above === undefined) return { steering: own.steering, steeringLine: from + 1 };
    const { line, column, words } = above;
    above = undefined;
    const said = readSteering(words, 'comment');
    for (const { offset, message } of said.mistakes) wrong(line, column + offset, message);
    const steering: Steering = { ...own.steering, ...said.steering };
    const twice = Object.keys(said.steering).find((key) => key in own.steering);
    const clash =
      twice === undefined
        ? said.mistakes.length + own.mistakes.length === 0 && contradiction(steering)
        : 'the comment and the info string both say it: say it once';
    if (typeof clash === 'string') wrong(line, column, clash);
    return { steering, steeringLine: line };
  };

  return {
    take(token) {
      switch (token.type) {
        case 'heading_open':
          inHeading = true;
          depth = Number(token.tag.slice(1));
          return;
        case 'heading_close':
          inHeading = false;
          return;
        case 'list_item_open':
          inItem += 1;
          return;
        case 'list_item_close':
          inItem -= 1;
          return;
        case 'inline': {
          passage(token);
          return;
        }
        case 'html_block': {
          comment(token);
          return;
        }
        case 'fence':
        case 'code_block': {
          block(token);
          return;
        }
        case 'hr':
          between = 'other';
          return;
        default:
      }
    },
    end() {
      unused();
      const written = sections.filter(
        (one, index) => index > 0 || one.blocks.length + one.passages.length > 0,
      );
      return { document: { file, name, sections: written }, problems };
    },
  };
};

/** The comments for netclaims in a piece of HTML, with where their words begin. */
const commentsIn = (token: Token, lines: readonly string[]): readonly Comment[] => {
  const from = token.map?.[0] ?? 0;
  return [...token.content.matchAll(/<!--\s*netclaims:\s*([^]*?)\s*-->/g)].map((match) => {
    const before = token.content.slice(0, match.index).split('\n').length - 1;
    const line = from + before;
    const [first = ''] = (match[1] ?? '').split(/\s/, 1);
    const start = (lines[line] ?? '').indexOf(
      first,
      (lines[line] ?? '').indexOf('netclaims:') + 'netclaims:'.length,
    );
    return { line: line + 1, column: start + 1, words: match[1] ?? '' };
  });
};

/** The text of an inline token without its marks. */
const plainText = (token: Token): string =>
  (token.children ?? [])
    .map(({ type, content }) => {
      if (type === 'softbreak' || type === 'hardbreak') return ' ';
      return type === 'text' || type === 'code_inline' || type === 'image' ? content : '';
    })
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
