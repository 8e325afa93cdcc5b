import type { Ended } from './answers.js';
import { asList, asObject, intOf, printedJson, textOf, textOr, type Printed } from './printed.js';

export const namespacesArgv = [
  'lsns',
  '-J',
  '-l',
  '-t',
  'net',
  '-o',
  'NS,NPROCS,PID,NETNSID,COMMAND',
] as const;

/** A netns that has processes. */
export interface ListedNamespace {
  readonly inode: number;
  readonly nprocs: number;
  readonly pid: number;
  readonly command: string;
  /** Its id as the node's netns has it; -1 where it has none. */
  readonly nsid: number;
}

/** The network namespaces that have processes, by inode. */
export const parseNamespaces = (answer: Ended): readonly ListedNamespace[] => {
  const printed = asList(asObject(printedJson(answer), 'object').namespaces, 'namespaces');
  const listed = printed.filter(hasProcesses).map((printed) => ({
    inode: intOf(printed, 'ns'),
    nprocs: intOf(printed, 'nprocs'),
    pid: intOf(printed, 'pid'),
    command: textOr('', printed, 'command'),
    nsid: nsidOf(printed),
  }));
  if (listed.length === 0) throw new Error('listed no namespace, not even its own');
  return listed.toSorted((a, b) => a.inode - b.inode);
};

/** When the only process of one ends while lsns is at it, lsns knows neither what it was nor the namespace's id any more. */
const hasProcesses = (printed: Printed): boolean =>
  printed.netnsid !== null || printed.command !== null || intOf(printed, 'nprocs') > 1;

// lsns prints it as text, `unassigned` where there is none.
const nsidOf = (printed: Printed): number => {
  if (typeof printed.netnsid === 'number') return intOf(printed, 'netnsid');
  const text = textOf(printed, 'netnsid');
  return text === 'unassigned' ? -1 : intOf(printed, 'netnsid');
};
