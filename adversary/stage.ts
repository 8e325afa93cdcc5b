import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageFile } from '../harness/clusters/package-file.js';
import { absent } from '../harness/domain/absent.js';
import type { Case } from './case.js';
import { openFamily, type Family } from './processes.js';

/** Where a case is played: its own folders, variables and processes. */
export interface Stage {
  /** A copy of the case's folder, in which everything is run. */
  readonly scratch: string;
  readonly stateDir: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder of the build that is attacked. */
  readonly netclaims: string;
  readonly family: Family;
  /** Takes what must happen before the processes are counted. */
  readonly atEnd: (act: () => void) => void;
  /** A word with its placeholders filled: {scratch}, {package}, {port}. */
  readonly filled: (word: string) => string;
}

/** What all cases have in common. */
export interface Theatre {
  readonly netclaims: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The cache folder that the cases share. */
  readonly cacheDir: string;
}

/** Has a case played, then ends its processes and removes its folders. Gives what it complained of, and what was left. */
export const onStage = async (
  one: Case,
  theatre: Theatre,
  play: (stage: Stage) => Promise<readonly string[]>,
): Promise<readonly string[]> => {
  const home = await mkdtemp('/tmp/adversary-');
  const [scratch, stateDir, ownCache] = ['case', 'state', 'cache'].map((name) => join(home, name)) as [
    string,
    string,
    string,
  ];
  await cp(one.folder, scratch, { recursive: true });
  await mkdir(stateDir, { mode: 0o700 });
  const cacheDir = one.cache === 'own' ? ownCache : theatre.cacheDir;
  const port = String(await freePort());
  const environment = {
    ...theatre.environment,
    NETCLAIMS_STATE_DIR: stateDir,
    NETCLAIMS_CACHE_DIR: cacheDir,
    NETCLAIMS: join(theatre.netclaims, 'bin', 'netclaims.js'),
    PACKAGE: theatre.netclaims,
    ADVERSARY: packageFile('dist', 'adversary'),
    PORT: port,
  };
  const filled = (word: string): string =>
    word
      .replaceAll('{scratch}', scratch)
      .replaceAll('{package}', theatre.netclaims)
      .replaceAll('{port}', port);
  using family = openFamily();
  const ends: (() => void)[] = [];
  const atEnd = (act: () => void) => void ends.push(act);
  let complaints: readonly string[] = [];
  try {
    complaints = await play({
      ...{ scratch, stateDir, environment, family, atEnd, filled, netclaims: theatre.netclaims },
    });
  } finally {
    for (const act of ends) act();
    complaints = [
      ...complaints,
      ...(await family.end()).map((process) => `it left the process ${process}`),
      ...(await clustersIn(stateDir)).map((name) => `it left the cluster ${name}`),
      ...(await unmountBelow(home)).map((mount) => `it left the mount ${mount.slice(home.length)}`),
    ];
    await rm(home, { recursive: true });
  }
  return complaints;
};

const clustersIn = async (stateDir: string): Promise<readonly string[]> => {
  const found = (await readdir(join(stateDir, 'clusters')).catch(absent)) ?? [];
  return found.filter((name) => name.endsWith('.json'));
};

/** Removing a folder removes what is mounted in it, which may be a folder of the machine. */
const unmountBelow = async (folder: string): Promise<readonly string[]> => {
  const mounts = (await readFile('/proc/self/mounts', 'utf8'))
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .filter((place) => place.startsWith(`${folder}/`))
    .reverse();
  for (const place of mounts) await promisify(execFile)('umount', ['--lazy', place]);
  return mounts;
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
