import type { Ended } from './answers.js';
import { oneLine, succeeded } from './printed.js';

/** What a path that should name a netns leads to. Inodes are unique within a device; all namespaces are on one. */
export interface Identity {
  readonly device: number;
  readonly inode: number;
}

export const identityArgv = (path: string) => ['stat', '-Lc', '%d %i %n', path] as const;

export const parseIdentity = (answer: Ended): Identity => {
  const [, device, inode] = /^([0-9]+) ([0-9]+) /.exec(succeeded(answer)) ?? [];
  if (device === undefined || inode === undefined) {
    throw new Error(`printed no inode: ${oneLine(answer.stdout)}`);
  }
  return { device: Number(device), inode: Number(inode) };
};

/**
 * The inode of a netns, told from a file that only has its name: what is left in /run/netns when a namespace was unmounted is an
 * ordinary file with an inode too.
 */
export const parseNetnsInode =
  (namespaces: Identity) =>
  (answer: Ended): number => {
    const { device, inode } = parseIdentity(answer);
    if (device !== namespaces.device) throw new Error('shows a file that is no namespace (any more)');
    return inode;
  };
