import type { CodeBlock } from '../markdown/document.js';
import { consoleEntries, type ConsoleEntry } from '../shell/console.js';
import { splitScript } from '../shell/statements.js';
import { defaultPlace } from './default-place.js';
import { shellOf } from './languages.js';
import type { CommandCheck, NoCheck } from './plan.js';

/** The checks of a block of commands, and those of its last script, whose output may stand in the next block. */
export interface BlockCommands {
  readonly checks: readonly (CommandCheck | NoCheck)[];
  readonly lastScript: readonly CommandCheck[];
}

/** @param give makes an id for a line */
export const commandChecks = (
  block: CodeBlock,
  role: 'script' | 'console',
  give: (line: number) => string,
): BlockCommands => {
  const whole = { script: block.lines.join('\n'), line: 0, output: [], outputLine: 0 };
  const scripts = (role === 'console' ? consoleEntries(block.lines) : [whole]).map((entry) =>
    scriptChecks(block, entry, give),
  );
  const lastScript = scripts.at(-1) ?? [];
  return {
    checks: scripts.flat(),
    lastScript: lastScript.filter(
      (check) => check.kind === 'command' && check.output === undefined,
    ) as CommandCheck[],
  };
};

const scriptChecks = (
  block: CodeBlock,
  { script, line: from, output, outputLine }: Omit<ConsoleEntry, 'prompt'>,
  give: (line: number) => string,
): readonly (CommandCheck | NoCheck)[] => {
  const first = block.line + from;
  const { statements, broken } = splitScript(script);
  if (broken !== undefined) {
    const line = first + broken.line;
    const because = `it is no whole script: ${broken.what}`;
    return [
      {
        kind: 'none',
        id: give(line),
        line,
        verdict: 'refuted',
        text: script.split('\n')[broken.line] ?? '',
        because,
      },
    ];
  }
  const { steering } = block;
  const checks = statements.map((statement): CommandCheck => {
    const line = first + statement.line;
    return {
      ...{ kind: 'command', id: give(line), line, statement, shell: shellOf(block) },
      place: steering.place ?? defaultPlace(statement),
      expectFail: steering.expectFail === true,
      role: steering.background === true ? 'background' : steering.cleanup === true ? 'cleanup' : 'ordinary',
      timeoutMs: steering.timeoutMs,
      output: undefined,
    };
  });
  return output.some((text) => text.trim() !== '')
    ? printing(checks, output, block.line + outputLine)
    : checks;
};

/** The same checks with what they print together, which the last of them is compared with. */
export const printing = (
  checks: readonly CommandCheck[],
  lines: readonly string[],
  line: number,
): readonly CommandCheck[] => {
  const after = checks.slice(0, -1).map(({ id }) => id);
  return checks.map((check, index) =>
    index < checks.length - 1 ? check : { ...check, output: { lines, line, after } },
  );
};
