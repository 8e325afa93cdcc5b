import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { NetclaimsError } from '../../domain/error.js';
import { runCommand } from '../command.js';
import { runTool } from './run-tool.js';
import { allDone } from '../../domain/all-done.js';

/** Where packages lie unpacked, each in a folder of its name, and their versions. */
export interface UnpackedPackages {
  readonly folder: string;
  /** By the first of the package's alternative names; `name=version` of the one that was taken. */
  readonly taken: ReadonlyMap<string, string>;
}

const purpose = {
  code: 'image/no-packages',
  what: "the packages that the built-in images are made of could not be had from Debian's archive",
  remedy:
    'see that this is Debian or Ubuntu and that `apt-get update` works; or load images with --load FILE.tar',
} as const;

/**
 * Downloads packages with all their alternatives considered and unpacks them; installs nothing and leaves apt's own files alone.
 * @param wanted each package with its alternatives
 * @param scratch an existing folder to work in, removed by the caller
 * @throws NetclaimsError `image/no-packages`
 */
export const fetchPackages = async (
  wanted: readonly (readonly string[])[],
  scratch: string,
  signal: AbortSignal,
): Promise<UnpackedPackages> => {
  const folder = join(scratch, 'packages');
  const downloads = join(scratch, 'downloads');
  await mkdir(folder, { recursive: true });
  await mkdir(downloads);
  if (wanted.length === 0) return { folder, taken: new Map() };

  const taken = await download(wanted, downloads, scratch, signal);
  const files = await readdir(downloads);
  await allDone(
    files.map((file) =>
      runTool(
        ['dpkg-deb', '--extract', join(downloads, file), join(folder, file.slice(0, file.indexOf('_')))],
        purpose,
        { timeoutMs: 60_000 },
        signal,
      ),
    ),
  );
  return { folder, taken };
};

/** With the machine's lists; where those are missing or outdated, with fresh ones of our own. */
const download = async (
  wanted: readonly (readonly string[])[],
  downloads: string,
  scratch: string,
  signal: AbortSignal,
) => {
  try {
    return await downloadBy(aptOptions, wanted, downloads, signal);
  } catch (first) {
    if (!(first instanceof NetclaimsError)) throw first;
    const lists = join(scratch, 'lists');
    const ownLists = [...aptOptions, '-o', `Dir::State::Lists=${lists}`, '-o', `Dir::Cache=${scratch}/cache`];
    await mkdir(join(lists, 'partial'), { recursive: true });
    await mkdir(join(scratch, 'cache', 'archives', 'partial'), { recursive: true });
    // Its exit code speaks for all sources of the machine together; whether ours are among the good ones shows below.
    await runCommand(['apt-get', ...ownLists, 'update'], { timeoutMs: 180_000 }, signal).catch(
      (cause: unknown) => {
        throw signal.aborted ? cause : first;
      },
    );
    return downloadBy(ownLists, wanted, downloads, signal);
  }
};

const aptOptions = [
  '--quiet',
  // Root downloads as the user _apt, which may not write where we download to, and warns about it.
  '-o',
  'APT::Sandbox::User=root',
  '-o',
  'Acquire::Languages=none',
  // What is installed here must not decide which versions there are.
  '-o',
  'Dir::State::status=/dev/null',
];

const downloadBy = async (
  options: readonly string[],
  wanted: readonly (readonly string[])[],
  downloads: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> => {
  const policy = await runTool(
    ['apt-cache', ...options, 'policy', ...new Set(wanted.flat())],
    purpose,
    { timeoutMs: 60_000 },
    signal,
  );
  const taken = choose(wanted, candidates(policy));
  await runTool(
    ['env', `--chdir=${downloads}`, 'apt-get', ...options, 'download', ...new Set(taken.values())],
    purpose,
    { timeoutMs: 180_000 },
    signal,
  );
  return taken;
};

/** From the output of `apt-cache policy`: the version of each package that can be had. */
export const candidates = (policy: string): ReadonlyMap<string, string> =>
  new Map(
    [...policy.matchAll(/^(\S+):\n.*\n {2}Candidate: (?!\(none\))(\S+)$/gm)].map(
      ([, name = '', version = '']) => [name, version],
    ),
  );

/** The first alternative that can be had of each package, as `name=version`. */
export const choose = (
  wanted: readonly (readonly string[])[],
  versions: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> =>
  new Map(
    wanted.map((alternatives) => {
      const name = alternatives.find((alternative) => versions.has(alternative));
      if (name === undefined) {
        throw new NetclaimsError({
          ...purpose,
          evidence: [`apt knows no package ${alternatives.join(' or ')}`],
        });
      }
      return [alternatives[0] ?? name, `${name}=${versions.get(name) ?? ''}`];
    }),
  );
