import { delimiter, resolve } from 'node:path';
import { ipFamilies, type IpFamily } from '../domain/cluster-provider.js';
import { parseTimeout } from '../domain/duration.js';
import { NetclaimsError } from '../domain/error.js';
import { nearestName } from '../domain/nearest-name.js';

/** What a Jest project says of its scenarios. Each has the meaning and the default that it has for `netclaims verify`. */
export interface JestOptions {
  readonly cluster: string;
  readonly clusterName: string | undefined;
  readonly cni: string | undefined;
  readonly cniBinDir: string | undefined;
  readonly nodes: number;
  readonly ipFamily: IpFamily | undefined;
  readonly load: readonly string[];
  readonly timeoutMs: number;
  readonly strict: boolean;
  /** What becomes of a test whose scenario the cluster cannot have. */
  readonly notApplicable: 'skip' | 'fail';
}

/** Where options come from, and the folders that paths in them start from. */
export interface OptionSources {
  /** `globals.netclaims` of the Jest project; paths start from its `rootDir`. */
  readonly globals: unknown;
  readonly rootDir: string;
  /** Wins over the globals; paths start from `folder`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
}

/** Gives undefined for what it cannot read. */
interface Reader<T> {
  readonly wants: string;
  readonly read: (value: unknown, folder: string) => T | undefined;
}

const text: Reader<string> = {
  wants: 'a text that is not empty',
  read: (value) => (typeof value === 'string' && value !== '' ? value : undefined),
};
const path: Reader<string> = {
  wants: 'a path',
  read: (value, folder) => (typeof value === 'string' && value !== '' ? resolve(folder, value) : undefined),
};
const paths: Reader<readonly string[]> = {
  wants: `a list of paths (in the variable: separated by \`${delimiter}\`)`,
  read: (value, folder) => {
    const all: unknown = typeof value === 'string' ? value.split(delimiter) : value;
    const read = Array.isArray(all) ? all.map((one: unknown) => path.read(one, folder)) : [undefined];
    const good = read.flatMap((one) => one ?? []);
    return good.length === read.length ? good : undefined;
  },
};
const network: Reader<string> = {
  wants: 'the name of a network, or the path of a conflist',
  read: (value, folder) =>
    typeof value === 'string' && /\.(conflist|json)$/.test(value)
      ? resolve(folder, value)
      : text.read(value, folder),
};
const count: Reader<number> = {
  wants: 'a whole number of at least 1',
  read: (value) => (/^[1-9][0-9]{0,5}$/.test(String(value)) ? Number(value) : undefined),
};
const ipFamily: Reader<IpFamily> = {
  wants: `one of ${ipFamilies.join(', ')}`,
  read: (value) => ipFamilies.find((family) => family === value),
};
const durationMs: Reader<number> = {
  wants: 'a duration such as 30s, 2m or 1m30s, at most 24h',
  read: (value) => {
    return typeof value === 'string' ? parseTimeout(value) : undefined;
  },
};
const flag: Reader<boolean> = {
  wants: 'true or false',
  read: (value) => (['true', 'false'].includes(String(value)) ? String(value) === 'true' : undefined),
};
const skipOrFail: Reader<'skip' | 'fail'> = {
  wants: 'skip or fail',
  read: (value) => (value === 'skip' || value === 'fail' ? value : undefined),
};

/**
 * Reads the options of a Jest project and of the environment, where `cniBinDir` is NETCLAIMS_CNI_BIN_DIR. An empty variable is none.
 * @throws NetclaimsError `usage/jest-options` with all mistakes
 */
export const readOptions = ({ globals, rootDir, env, folder }: OptionSources): JestOptions => {
  const isObject = typeof globals === 'object' && globals !== null && !Array.isArray(globals);
  const given = new Map<string, unknown>(isObject ? Object.entries(globals) : []);
  const mistakes =
    isObject || globals === undefined ? [] : [`globals.netclaims must be an object, not ${shown(globals)}`];
  const known: string[] = [];

  const take = <T>(key: string, { wants, read }: Reader<T>, otherwise: T): T => {
    known.push(key);
    const variable = `NETCLAIMS_${key.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
    const inEnv = env[variable] ?? '';
    const [where, value, from] =
      inEnv === '' ? [`globals.netclaims.${key}`, given.get(key), rootDir] : [variable, inEnv, folder];
    if (value === undefined) return otherwise;
    const result = read(value, from);
    if (result === undefined) mistakes.push(`${where} must be ${wants}, not ${shown(value)}`);
    return result ?? otherwise;
  };

  const options: JestOptions = {
    cluster: take('cluster', text, 'auto'),
    clusterName: take<string | undefined>('clusterName', text, undefined),
    cni: take<string | undefined>('cni', network, undefined),
    cniBinDir: take<string | undefined>('cniBinDir', path, undefined),
    nodes: take('nodes', count, 1),
    ipFamily: take<IpFamily | undefined>('ipFamily', ipFamily, undefined),
    load: take('load', paths, []),
    timeoutMs: take('timeout', durationMs, 300_000),
    strict: take('strict', flag, false),
    notApplicable: take('notApplicable', skipOrFail, 'skip'),
  };
  for (const key of given.keys()) {
    if (known.includes(key)) continue;
    const meant = nearestName(key, known);
    mistakes.push(
      `globals.netclaims.${key} is no option${meant === undefined ? '' : `: is ${meant} meant?`}`,
    );
  }
  if (mistakes.length === 0) return options;
  throw new NetclaimsError({
    code: 'usage/jest-options',
    what: "netclaims' options of this Jest project cannot be read",
    evidence: mistakes,
    remedy: `there are ${known.join(', ')}`,
  });
};

const shown = (value: unknown): string => JSON.stringify(value);
