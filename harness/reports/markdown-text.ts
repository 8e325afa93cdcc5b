import { excerpt } from './excerpt.js';
import { oneLine, visibleLines } from './visible.js';

/** Text within a line of GitHub's Markdown: none of it is markup, a mention, a link or HTML. */
export const inline = (text: string): string =>
  oneLine(text)
    .replaceAll(/[\\`*_{}[\]<>|~$&!]/g, String.raw`\$&`)
    // Mentions, issues and bare links are found in what was rendered, where an escape is gone; a comment still parts them.
    .replaceAll(/@(?=\w)|#(?=\d)|:(?=\/\/)|\bwww(?=\.)/gi, '$&<!-- -->');

/** A span of code, with as many backticks around it as none in it are in a row. */
export const code = (text: string): string => {
  const content = oneLine(text);
  const ticks = '`'.repeat(longestRun(content) + 1);
  const pad = /^`|`$/.test(content) || content === '' ? ' ' : '';
  return `${ticks}${pad}${content}${pad}${ticks}`;
};

/** A block of code of these lines. */
export const codeBlock = (lines: readonly string[]): readonly string[] => {
  const shown = lines.flatMap((line) => visibleLines(excerpt(line, 2_000)));
  const fence = '`'.repeat(Math.max(3, ...shown.map((line) => longestRun(line) + 1)));
  return [`${fence}text`, ...shown, fence];
};

const longestRun = (text: string): number =>
  (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
