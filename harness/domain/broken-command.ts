import type { CommandResult } from './cluster.js';

/** Signals that end commands, by their number on Linux. */
const signals: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  5: 'SIGTRAP',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  14: 'SIGALRM',
  15: 'SIGTERM',
  24: 'SIGXCPU',
  25: 'SIGXFSZ',
  31: 'SIGSYS',
};

const mostSignals = 64;

/**
 * Why a command broke before it could find out anything; undefined when its exit code is its answer. Shells and runtimes report the end by
 * signal N as 128 + N.
 */
export const whyBroken = (
  argv: readonly string[],
  { exitCode, stdout, stderr }: Pick<CommandResult, 'exitCode' | 'stdout' | 'stderr'>,
): string | undefined => {
  if (exitCode === 0 || endedByTimeout(argv, exitCode)) return undefined;
  if (exitCode === 126) return 'the command could not be executed (126)';
  if (exitCode === 127) return 'the command, or one that it calls, was not found (127)';
  if (exitCode > 128 && exitCode <= 128 + mostSignals) {
    const signal = exitCode - 128;
    return `the command was ended by ${signals[signal] ?? `signal ${signal}`} (${exitCode})`;
  }
  // A command that was called wrongly prints it to standard error, or has printed nothing else.
  const usage = /^[ \t]*usage:/im.exec(stderr) ?? (stderr.trim() === '' ? /^\s*usage:/i.exec(stdout) : null);
  return usage === null ? undefined : `the command printed its usage and ended with ${exitCode}`;
};

/** Whether `timeout` ended what it was to end: 124 is GNU's code, 143 busybox'. That was asked for, and is an answer. */
const endedByTimeout = (argv: readonly string[], exitCode: number): boolean => {
  const line = argv.join(' ');
  if (!/(^|[\s;&|(])timeout\s/.test(line)) return false;
  return (
    exitCode === 124 || exitCode === 143 || (exitCode === 137 && /\s(-k|-s ?(KILL|9)|--signal)/.test(line))
  );
};
