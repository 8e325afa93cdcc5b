import { isUnreadable, unreadable, type Unreadable } from '../domain/fact-types.js';
import { readLinks } from './link-facts.js';
import { namedNetnsArgv, parseNamedNetns } from './named-netns.js';
import { namespacesArgv, parseNamespaces, type ListedNamespace } from './namespaces.js';
import { identityArgv, parseIdentity, parseNetnsInode } from './netns-identity.js';
import type { Owner } from './owner.js';
import type { Place } from './peers.js';
import type { Readings } from './readings.js';

/** Reads the inode of the netns at a path, under paths of facts. */
export type ReadInode = (paths: readonly string[], netns: string) => number | Unreadable;

/** What both a node's own facts and those of its pods are made of. */
export interface NodeReading {
  readonly place: Place;
  readonly namespaces: readonly ListedNamespace[] | Unreadable;
  readonly named: ReadonlyMap<string, number> | Unreadable;
  readonly readInode: ReadInode;
}

export const readNode = (name: string, readings: Readings): NodeReading => {
  const owner: Owner = { path: `nodes.${name}`, netns: undefined };
  const self = readings.read([], { argv: identityArgv('/proc/self/ns/net') }, parseIdentity);
  const readInode: ReadInode = (paths, netns) =>
    isUnreadable(self) ? self : readings.read(paths, { argv: identityArgv(netns) }, parseNetnsInode(self));

  const ofProcess1 = readInode([`${owner.path}.netns`], '/proc/1/ns/net');
  // Links are read where commands run; were that another netns, they would be somebody else's.
  const isAside = !isUnreadable(self) && !isUnreadable(ofProcess1) && self.inode !== ofProcess1;
  const aside = unreadable(`commands on node ${name} do not run in the netns of its process 1`);
  const place: Place = {
    ...owner,
    where: 'node',
    title: `node ${name}`,
    inode: isAside ? aside : ofProcess1,
    nsid: -1,
    links: isAside ? aside : readLinks(owner, readings),
    name: undefined,
    nsids: new Map(),
  };
  const namespaces = readings.read([`${owner.path}.namespaces`], { argv: namespacesArgv }, (answer) => {
    const listed = parseNamespaces(answer);
    // lsns leaves out, without a word, what it may not look into.
    if (isUnreadable(self) || listed.some(({ inode }) => inode === self.inode)) return listed;
    throw new Error('did not list its own namespace');
  });
  const named = readings.read([`${owner.path}.namedNetns`], { argv: namedNetnsArgv }, parseNamedNetns);
  return { place, namespaces, named, readInode };
};
