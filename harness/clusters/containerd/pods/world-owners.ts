import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { absent } from '../../../domain/absent.js';
import type { World } from '../../../domain/cluster.js';
import {
  identityOf,
  identityPattern,
  identityText,
  mayLive,
  ownIdentity,
  type ProcessIdentity,
} from '../../process-identity.js';

/**
 * Which process each world of a node belongs to, so that what a killed one left can be told from what others still use: an empty file
 * `NAMESPACE@PID-STARTTIME-PIDNAMESPACE` for each world. As the owner is in the name, taking one over is a single rename(2).
 */
export interface WorldOwners {
  /** Opens a world of this process, which is its own until all of it is removed. */
  own(namespace: string, open: () => Promise<World>): Promise<World>;
  /** Gives up the worlds that nobody has begun to remove: they stay for whoever looks at them. */
  leave(): Promise<void>;
  /** Makes all worlds whose owner has ended this process's own, and gives their names. Of several who try, one gets each. */
  inherit(): Promise<readonly string[]>;
  /** The world is gone. */
  release(namespace: string): Promise<void>;
}

/** The owners that are noted in this folder. */
export const worldOwners = async (folder: string): Promise<WorldOwners> => {
  const self = await ownIdentity();
  const open = new Set<string>();
  const fileOf = (namespace: string, owner: ProcessIdentity) =>
    join(folder, `${namespace}@${identityText(owner)}`);
  const release = (namespace: string) => rm(fileOf(namespace, self), { force: true });

  const takeOver = async (name: string): Promise<readonly string[]> => {
    const match = new RegExp(`^(.+)@${identityPattern}$`).exec(name);
    if (match === null) return [];
    const [, namespace = '', ...identity] = match;
    const owner = identityOf(...identity);
    if (await mayLive(owner)) return [];
    const taken = await rename(fileOf(namespace, owner), fileOf(namespace, self)).then(() => true, absent);
    return taken === undefined ? [] : [namespace];
  };

  return {
    release,

    async own(namespace, openWorld) {
      await mkdir(folder, { recursive: true });
      await writeFile(fileOf(namespace, self), '');
      const world = await openWorld().catch(async (error: unknown) => {
        await release(namespace);
        throw error;
      });
      open.add(namespace);
      const dispose = async () => {
        open.delete(namespace);
        await world[Symbol.asyncDispose]();
        await release(namespace);
      };
      return { ...world, [Symbol.asyncDispose]: dispose };
    },

    async leave() {
      await Promise.all([...open].map(release));
    },

    async inherit() {
      const names = (await readdir(folder).catch(absent)) ?? [];
      return (await Promise.all([...names].sort().map(takeOver))).flat();
    },
  };
};
