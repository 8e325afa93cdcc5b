import type { CodeBlock } from '../markdown/document.js';
import { isConsole } from '../shell/console.js';

/** What a block is to netclaims. */
export type BlockRole = 'console' | 'script' | 'manifest' | 'text' | 'other';

const shells = new Set(['sh', 'bash', 'shell', 'zsh', 'ash', 'dash', 'ksh']);
const consoles = new Set(['console', 'shell-session', 'shellsession', 'sh-session', 'terminal']);
const texts = new Set(['', 'text', 'txt', 'plain', 'plaintext', 'output', 'log', 'none']);
const data = new Set(['yaml', 'yml', 'json']);

/** Tells the role of a block by its language, what its author says of it, and how it begins. */
export const roleOf = ({ language, lines, steering }: CodeBlock): BlockRole => {
  if (steering.output !== undefined) return 'text';
  if (shells.has(language) || consoles.has(language))
    return isConsole(lines, language) ? 'console' : 'script';
  if (data.has(language)) return isManifest(lines) ? 'manifest' : 'other';
  if (!texts.has(language)) return 'other';
  if (isConsole(lines, language)) return 'console';
  return steering.place === undefined ? 'text' : 'script';
};

/** The shell that an author wrote for: what is written for bash need not be what `sh` understands. */
export const shellOf = ({ language }: Pick<CodeBlock, 'language'>): 'sh' | 'bash' =>
  language === 'bash' || language === 'zsh' ? 'bash' : 'sh';

/** Whether YAML or JSON looks like Kubernetes objects. */
const isManifest = (lines: readonly string[]): boolean =>
  ['apiVersion', 'kind'].every((key) =>
    lines.some((line) => new RegExp(String.raw`^\s*(- )?"?${key}"?\s*:`).test(line)),
  );
