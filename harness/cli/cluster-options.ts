import { InvalidArgumentError, type Command } from 'commander';
import { parseDuration } from '../domain/duration.js';

const collect = (value: string, earlier: readonly string[] = []): readonly string[] => [...earlier, value];

/** A whole number of at least 1. */
export const count = (text: string): number => {
  if (/^[1-9][0-9]{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number of at least 1.');
};

/** Milliseconds of a duration such as 30s, 2m or 1m30s. */
export const durationMs = (text: string): number => {
  const ms = parseDuration(text);
  if (ms !== undefined && ms > 0) return ms;
  throw new InvalidArgumentError('It must be a duration such as 30s, 2m or 1m30s.');
};

export { collect };

/** Adds the options that say which cluster a command makes. */
export const withClusterOptions = (command: Command): Command =>
  command
    .option('--cluster <kind>', 'auto or containerd', 'auto')
    .option('--cni <network>', 'bridge, ptp, macvlan, or a FILE.conflist (default: bridge)')
    .option('--cni-bin-dir <folder>', 'CNI plugins to use before those that are installed')
    .option('--nodes <count>', 'how many nodes', count, 1)
    .option('--load <file>', 'an image archive to have on every node (repeatable)', collect, []);

/** Adds the choice of a cluster that is up already. */
export const withClusterName = (command: Command): Command =>
  command.option('--cluster-name <name>', 'use a cluster that `netclaims cluster up` made');
