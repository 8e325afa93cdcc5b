import type { Command, CommandResult } from '../../domain/cluster.js';

/** What a statement leaves for the next one in the same place: the folder, and the variables that statements have set. */
export interface Carried {
  readonly folder: string;
  readonly variables: ReadonlyMap<string, string>;
}

export const nothingCarried: Carried = { folder: '', variables: new Map() };

/** A variable reaches the shell under this name before its own, so that a document's PATH or KUBECONFIG is for its statements only. */
const inEnvironment = 'netclaims_value_';

/**
 * Does a statement with the variables of those before, and then tells the folder and some variables behind a mark on its standard error. The statement comes as an argument: nothing is
 * put together for a shell.
 */
const carrying = String.raw`
netclaims_mark=$1
[ -z "$2" ] || cd "$2" || exit
netclaims_names=$4
for netclaims_name in $5; do
  eval "export $netclaims_name=\"\$${inEnvironment}$netclaims_name\"; unset ${inEnvironment}$netclaims_name"
done
eval "$3"
netclaims_code=$?
{
  printf '\n%s\0%s\0' "$netclaims_mark" "$PWD"
  for netclaims_name in $netclaims_names; do eval "printf '%s=%s\0' \"$netclaims_name\" \"\${$netclaims_name-}\""; done
} >&2
exit "$netclaims_code"
`.trim();

export interface ShellCall extends Pick<Command, 'argv' | 'env'> {
  /** The result as the statement alone would have it, and what it leaves behind. */
  readonly read: (result: CommandResult) => { readonly result: CommandResult; readonly carried: Carried };
}

/**
 * What runs a statement where `carried` was left; plain `sh -c` wherever that is enough. Values of variables are no arguments: everybody on the
 * node can read those. @param mark that no output has
 */
export const shellCall = (
  source: string,
  shell: 'sh' | 'bash',
  carried: Carried,
  mark: string,
): ShellCall => {
  const set = [...carried.variables.keys()];
  const env = Object.fromEntries(
    [...carried.variables].map(([name, value]) => [`${inEnvironment}${name}`, value]),
  );
  const names = [...new Set([...set, ...assignedIn(source)])];
  const changes = assignedIn(source).length > 0 || /(^|[;&|\n(]\s*)cd(\s|$)/.test(source);
  if (!changes && carried.folder === '' && set.length === 0)
    return { argv: [shell, '-c', source], read: (result) => ({ result, carried }) };
  return {
    argv: [shell, '-c', carrying, shell, mark, carried.folder, source, names.join(' '), set.join(' ')],
    env,
    read: (result) => readMarked(result, mark, carried),
  };
};

/** The variables that a statement sets, as far as it can be told without running it. */
const assignedIn = (source: string): readonly string[] => [
  ...new Set(
    [
      ...source.matchAll(/(?:^|[;&|\n(]\s*|\b(?:export|local|readonly|then|do)\s+)([A-Za-z_]\w*)\+?=/g),
    ].flatMap(([, name]) => name ?? []),
  ),
];

const readMarked = (result: CommandResult, mark: string, before: Carried) => {
  const at = result.stderr.lastIndexOf(`\n${mark}\0`);
  // A statement that ends the shell leaves nothing.
  if (at === -1) return { result, carried: before };
  const [folder = '', ...pairs] = result.stderr.slice(at + mark.length + 2).split('\0');
  const variables = new Map(
    pairs.flatMap((pair) => {
      const equals = pair.indexOf('=');
      return equals < 1 ? [] : [[pair.slice(0, equals), pair.slice(equals + 1)] as const];
    }),
  );
  return { result: { ...result, stderr: result.stderr.slice(0, at) }, carried: { folder, variables } };
};
