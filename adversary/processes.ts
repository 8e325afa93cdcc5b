import { readdirSync, readFileSync } from 'node:fs';
import { kill } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process of a case. Its start time tells it apart from a later one of the same number. */
export interface Member {
  readonly pid: number;
  /** Clock ticks after boot: field 22 of /proc/PID/stat, proc_pid_stat(5). */
  readonly startTime: number;
}

/** The processes that a case started, and theirs, also those that outlive the process that started them. */
export interface Family {
  readonly adopt: (pid: number) => void;
  /** Those that live and whose command line is so. */
  readonly find: (isWanted: (command: string) => boolean) => readonly Member[];
  /** Sends a signal to it, unless it has ended. */
  readonly signal: (member: Member, signal: NodeJS.Signals) => void;
  /** Ends all that still live, and gives their command lines. A node's processes are given a moment to end by themselves. */
  readonly end: () => Promise<readonly string[]>;
}

interface Stat extends Member {
  readonly parent: number;
}

/** A daemon leaves the process that started it within about 200 ms of its start. */
export const lookEveryMs = 40;
const patience = { tries: 50, pauseMs: 40 };

/** Begins to follow processes. Disposing of it ends that. */
export const openFamily = (): Family & Disposable => {
  const members = new Map<number, number>();
  const look = (): void => {
    const all = readStats();
    for (const [pid, startTime] of members) {
      if (all.get(pid)?.startTime !== startTime) members.delete(pid);
    }
    for (let before = -1; before !== members.size;) {
      before = members.size;
      for (const { pid, parent, startTime } of all.values()) {
        if (members.has(parent)) members.set(pid, startTime);
      }
    }
  };
  const living = (): readonly Member[] => {
    look();
    return [...members].map(([pid, startTime]) => ({ pid, startTime }));
  };
  const signal = ({ pid, startTime }: Member, name: NodeJS.Signals): void => {
    if (readStat(pid)?.startTime === startTime) ignoringEnded(() => kill(pid, name));
  };
  const timer = setInterval(look, lookEveryMs);
  return {
    adopt(pid) {
      const stat = readStat(pid);
      if (stat !== undefined) members.set(pid, stat.startTime);
    },
    find: (isWanted) => living().filter(({ pid }) => isWanted(commandOf(pid))),
    signal,
    async end() {
      for (let tries = patience.tries; tries > 0 && living().length > 0; tries -= 1) {
        await sleep(patience.pauseMs);
      }
      const left = living().map((member) => ({ ...member, command: commandOf(member.pid) }));
      for (let tries = patience.tries; tries > 0 && living().length > 0; tries -= 1) {
        for (const member of living()) signal(member, 'SIGKILL');
        await sleep(patience.pauseMs);
      }
      return left.map(({ pid, command }) => `${pid} ${command}`);
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
};

/** Whether a process of the machine has such a command line. */
export const runsAnywhere = (pattern: RegExp): boolean =>
  [...readStats().keys()].some((pid) => pattern.test(commandOf(pid)));

/** The command line with blanks between its words; empty once the process has ended. */
export const commandOf = (pid: number): string =>
  readOrEmpty(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();

/** The most memory that a process had resident, in MiB; undefined once it has ended. */
export const peakMemoryMiB = (pid: number): number | undefined => {
  const found = /^VmHWM:\s+(\d+) kB$/m.exec(readOrEmpty(`/proc/${pid}/status`));
  return found === null ? undefined : Number(found[1]) / 1024;
};

const readStats = (): ReadonlyMap<number, Stat> => {
  const stats = new Map<number, Stat>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? readStat(Number(name)) : undefined;
    if (stat !== undefined) stats.set(stat.pid, stat);
  }
  return stats;
};

const readStat = (pid: number): Stat | undefined => {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  // The second field is the command in parentheses, and may itself have blanks and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  if (stat === '' || state === 'Z' || state === 'X') return undefined;
  return { pid, parent: Number(fields[1]), startTime: Number(fields[19]) };
};

/** A process may end at any moment, and its folder in /proc with it. */
const readOrEmpty = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

/** Sends a signal to what may have ended just now. */
export const ignoringEnded = (send: () => void): void => {
  try {
    send();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};
