import { InvalidArgumentError, Option, type Command } from 'commander';
import { ipFamilies } from '../domain/cluster-provider.js';
import { parseTimeout } from '../domain/duration.js';

const collect = (value: string, earlier: readonly string[] = []): readonly string[] => [...earlier, value];

/** A whole number of at least 1. */
export const count = (text: string): number => {
  if (/^[1-9][0-9]{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number of at least 1.');
};

/** Milliseconds of a duration such as 30s, 2m or 1m30s. */
export const durationMs = (text: string): number => {
  const ms = parseTimeout(text);
  if (ms !== undefined) return ms;
  throw new InvalidArgumentError('It must be a duration such as 30s, 2m or 1m30s, and at most 24h.');
};

export { collect };

/** Adds the options that say which cluster a command makes. */
export const withClusterOptions = (command: Command): Command =>
  command
    .option('--cluster <kind>', 'auto, kind, containerd, or kubeconfig for a cluster that exists', 'auto')
    .option(
      '--cni <network>',
      'containerd: bridge (its default), ptp, macvlan, with +firewall and the like behind it, or a FILE.conflist; kind: default (what the node image brings), ptp, bridge, ' +
        'the manifests of a CNI (FILE.yaml), or a FILE.conflist',
    )
    .option('--cni-bin-dir <folder>', 'CNI plugins to use before those that are installed')
    .option('--nodes <count>', 'how many nodes', count, 1)
    .option('--load <file>', 'an image archive to have on every node (repeatable)', collect, [])
    .option('--node-image <image>', "kind: what nodes are made of (default: kind's own image)")
    .addOption(
      new Option('--ip-family <family>', 'containerd, kind: the addresses of pods (default: ipv4)').choices(
        ipFamilies,
      ),
    )
    .option('--kubeconfig <file>', 'kubeconfig: the file (default: what kubectl uses)')
    .option('--context <name>', 'kubeconfig: its context (default: the current one)')
    .option(
      '--node-pod-image <image>',
      'kubeconfig: what the pods are made of by which commands run on nodes; with sh, nsenter and timeout (default: busybox)',
    );

/** Adds the choice of a cluster that is up already. */
export const withClusterName = (command: Command): Command =>
  command.option('--cluster-name <name>', 'use a cluster that `netclaims cluster up` made');
