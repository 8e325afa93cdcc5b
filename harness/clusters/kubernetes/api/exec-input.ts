import type { Command } from '../../../domain/cluster.js';

/** What goes through an exec stream: an argv, and what its standard input gets. */
export interface ExecInput {
  readonly argv: readonly string[];
  /** undefined where the stream is to have no standard input at all. */
  readonly stdin: string | undefined;
  /** Whether the command must be told that its input has ended. */
  readonly ends: boolean;
}

/** No line of an `export` is this one: a value in single quotes has its own lines, which are told apart by what stands before them. */
const lastLine = 'netclaims-end-of-variables';

/**
 * Reads shell lines from the standard input up to the last one, does them, and then becomes the command. `read` takes no byte beyond its
 * line, so that the rest of the input is the command's.
 */
const readVariables = (ownInput: boolean): string =>
  [
    'netclaims_lines=',
    `while IFS= read -r netclaims_line && [ "$netclaims_line" != ${lastLine} ]`,
    'do netclaims_lines="$netclaims_lines$netclaims_line',
    '"; done',
    'eval "$netclaims_lines"',
    'unset netclaims_line netclaims_lines',
    `exec "$@"${ownInput ? '' : ' </dev/null'}`,
  ].join('\n');

/**
 * The API's exec has no variables, and its arguments are in the address of the request and in every process list. So variables come
 * through standard input to a shell in the container.
 */
export const execInput = ({ argv, env = {}, stdin }: Pick<Command, 'argv' | 'env' | 'stdin'>): ExecInput => {
  const variables = Object.entries(env);
  if (variables.length === 0) return { argv, stdin, ends: stdin !== undefined };
  const lines = variables.map(([name, value]) => `export ${name}=${quoted(value)}\n`).join('');
  return {
    argv: ['sh', '-c', readVariables(stdin !== undefined), 'sh', ...argv],
    stdin: `${lines}${lastLine}\n${stdin ?? ''}`,
    ends: stdin !== undefined,
  };
};

/** A shell word of this text. A line of its own never is the last line: each begins with a quoted part. */
const quoted = (value: string): string => `'${value.replaceAll("'", `'\\''`).replaceAll('\n', `\n''`)}'`;
