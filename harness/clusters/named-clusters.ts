import { randomBytes } from 'node:crypto';
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { absent } from '../domain/absent.js';
import { allDone } from '../domain/all-done.js';
import { NetclaimsError } from '../domain/error.js';
import { mayLive, ownIdentity, type ProcessIdentity } from './process-identity.js';
import { requireOwnState, stateParts } from './state-folder.js';

/**
 * The clusters that processes other than their makers may use: one file each, which its user alone can read. All of it throws
 * `usage/state-folder` where others can write there.
 */
export interface NamedClusters<Entry> {
  /** Where the record of that name is. */
  fileOf(name: string): string;
  /**
   * Takes a name for this process, before the cluster is made. Disposing of it gives the name back.
   * @throws NetclaimsError `usage/name-taken`, `usage/bad-name`
   */
  reserve(name: string): Promise<Reservation<Entry>>;
  /**
   * undefined when there is none of that name, or it is not made yet.
   * @throws NetclaimsError `cluster/other-version`, `cluster/damaged-record`
   */
  find(name: string): Promise<Entry | undefined>;
  /** By name; without those of other versions, and those that are damaged. */
  all(): Promise<readonly (readonly [name: string, entry: Entry])[]>;
  /** The names whose records cannot be read, each with what is wrong: `cluster/damaged-record`. */
  damaged(): Promise<readonly (readonly [name: string, error: NetclaimsError])[]>;
  forget(name: string): Promise<void>;
  /** Forgets the names whose owner has ended, once `remove` has removed what is left of the cluster. Damaged records stay. */
  sweep(remove: (entry: Entry) => Promise<void>): Promise<void>;
}

export interface Reservation<Entry> extends AsyncDisposable {
  /** Tells others of the cluster, whose name is taken from now on as long as `owner` lives. */
  publish(entry: Entry, owner: ProcessIdentity): Promise<void>;
}

/** Raised whenever entries change. Whoever upgrades netclaims may have clusters that an older one keeps. */
const currentFormat = 3;

interface NamedCluster<Entry> {
  readonly format: number;
  readonly owner: ProcessIdentity;
  /** Missing while the cluster is being made. */
  readonly entry?: Entry;
}

const namePattern = /^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/;

/** The named clusters of one provider, below `<stateDir>/clusters`. */
export const namedClusters = <Entry>(stateDir: string): NamedClusters<Entry> => {
  const folder = join(stateDir, stateParts.clusters);
  const fileOf = (name: string) => join(folder, `${name}.json`);

  /** @throws NetclaimsError `cluster/damaged-record` */
  const read = async (name: string): Promise<NamedCluster<Entry> | undefined> => {
    const text = await readFile(fileOf(name), 'utf8').catch(absent);
    if (text === undefined) return undefined;
    try {
      return whole(JSON.parse(text) as NamedCluster<Entry> | null);
    } catch (cause) {
      throw damagedRecord(name, fileOf(name), cause);
    }
  };
  /** undefined for what is damaged, too. */
  const readable = (name: string) =>
    read(name).catch((error: unknown) => {
      if (isDamage(error)) return undefined;
      throw error;
    });
  const names = async () => {
    await requireOwnState(stateDir);
    const files = (await readdir(folder).catch(absent)) ?? [];
    return files.flatMap((file) => (/^[^.].*\.json$/.test(file) ? [file.slice(0, -5)] : [])).sort();
  };
  /** Complete or not at all: others may read it at any time. */
  const write = async (
    name: string,
    content: Omit<NamedCluster<Entry>, 'format'>,
    place: typeof link | typeof rename,
  ) => {
    const temporary = join(folder, `.${name}.${randomBytes(4).toString('hex')}`);
    const text = JSON.stringify({ format: currentFormat, ...content }, undefined, 2);
    try {
      await writeFile(temporary, text, { mode: 0o600 });
      await place(temporary, fileOf(name));
    } finally {
      // A full disk makes a file and has no room for its content.
      await rm(temporary, { force: true });
    }
  };
  const find = async (name: string) => {
    await requireOwnState(stateDir);
    const named = namePattern.test(name) ? await read(name) : undefined;
    if (named !== undefined && named.format !== currentFormat) throw ofOtherVersion(name, named.owner);
    return named?.entry;
  };
  const forget = (name: string) => rm(fileOf(name), { force: true });

  return {
    fileOf,
    find,
    forget,

    async reserve(name) {
      if (!namePattern.test(name)) {
        throw new NetclaimsError({
          code: 'usage/bad-name',
          what: `\`${name}\` cannot be a cluster's name`,
          remedy: 'use up to 40 lower-case letters, digits and hyphens',
        });
      }
      await requireOwnState(stateDir);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // link(2) fails where rename(2) would replace: of two processes, one gets the name.
      await write(name, { owner: await ownIdentity() }, link).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        throw new NetclaimsError({
          code: 'usage/name-taken',
          what: `there is a cluster named ${name} already`,
          remedy: `use it with --cluster-name ${name}, or remove it with \`netclaims cluster down ${name}\``,
        });
      });
      return {
        publish: (entry, owner) => write(name, { owner, entry }, rename),
        [Symbol.asyncDispose]: () => forget(name),
      };
    },

    async all() {
      const entries = await Promise.all(
        (await names()).map(async (name) => [name, await readable(name)] as const),
      );
      return entries.flatMap(([name, named]) =>
        named?.entry === undefined || named.format !== currentFormat ? [] : [[name, named.entry] as const],
      );
    },

    async damaged() {
      const all = await Promise.all(
        (await names()).map(async (name) => {
          try {
            await read(name);
            return [];
          } catch (error) {
            if (isDamage(error)) return [[name, error] as const];
            throw error;
          }
        }),
      );
      return all.flat();
    },

    async sweep(remove) {
      await allDone(
        (await names()).map(async (name) => {
          const named = await readable(name);
          if (named === undefined || (await mayLive(named.owner))) return;
          if (named.format === currentFormat && named.entry !== undefined) await remove(named.entry);
          await forget(name);
        }),
      );
    },
  };
};

/** What is there of a record, as far as it can be told without knowing its entry. */
const whole = <Entry>(named: NamedCluster<Entry> | null): NamedCluster<Entry> => {
  const { owner } = named ?? {};
  if (named === null || typeof owner?.pid !== 'number' || typeof owner.startTime !== 'number')
    throw new Error('it has no owner');
  return named;
};

const isDamage = (error: unknown): error is NetclaimsError =>
  error instanceof NetclaimsError && error.code === 'cluster/damaged-record';

const damagedRecord = (name: string, file: string, cause: unknown): NetclaimsError =>
  new NetclaimsError({
    code: 'cluster/damaged-record',
    what: `the record of the cluster ${name} is damaged`,
    evidence: [`${file}: ${cause instanceof Error ? cause.message : String(cause)}`],
    remedy: `remove the cluster with \`netclaims cluster down ${name}\`, and make it again`,
    cause,
  });

const ofOtherVersion = (name: string, { pid }: ProcessIdentity): NetclaimsError =>
  new NetclaimsError({
    code: 'cluster/other-version',
    what: `another version of netclaims made the cluster ${name}`,
    remedy: `remove it with that version, or end it by \`kill ${pid}\``,
  });
