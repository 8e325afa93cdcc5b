/** A command of a console block with the output that stands below it. Lines count from 0 within the block. */
export interface ConsoleEntry {
  readonly script: string;
  readonly line: number;
  readonly prompt: '$' | '#';
  readonly output: readonly string[];
  readonly outputLine: number;
}

const prompted = /^(?:[\w.@:~/-]*|\[[^\]]*\])\s?([$#])\s+(\S.*)$/;

/** Whether lines are a copy of a terminal: the first that is not empty begins with a prompt, `$ ` or `root@node:~# `. */
export const isConsole = (lines: readonly string[], language: string): boolean => {
  const first = lines.find((line) => line.trim() !== '') ?? '';
  // In a script, a line with `# ` is a comment.
  const [, mark] = prompted.exec(first) ?? [];
  return (
    mark === '$' ||
    (mark === '#' &&
      (/^(console|shell-session|sh-session|terminal)$/.test(language) || !first.startsWith('#')))
  );
};

/** The commands of a copy of a terminal. A command goes on below behind a backslash, or with `> ` as its prompt. */
export const consoleEntries = (lines: readonly string[]): readonly ConsoleEntry[] => {
  const entries: { script: string; line: number; prompt: '$' | '#'; output: string[]; outputLine: number }[] =
    [];
  for (const [line, text] of lines.entries()) {
    const [, prompt, command] = prompted.exec(text) ?? [];
    const last = entries.at(-1);
    if (command !== undefined) {
      entries.push({
        script: command,
        line,
        prompt: prompt === '#' ? '#' : '$',
        output: [],
        outputLine: line + 1,
      });
    } else if (last?.output.length === 0 && goesOn(last.script, text)) {
      last.script += `\n${text.replace(/^> ?/, '')}`;
      last.outputLine = line + 1;
    } else last?.output.push(text);
  }
  return entries;
};

const goesOn = (script: string, next: string): boolean =>
  /\\$/.test(script) || next.startsWith('> ') || next === '>';
