import { describeError, NetclaimsError } from '../domain/error.js';
import { table } from '../reports/table.js';
import { exitCode, exitCodeOfError, worse, type ExitCode } from './exit-code.js';
import { openCluster, type ClusterRequest } from '../session/open-cluster.js';
import type { Terminal } from './terminal.js';

/** `netclaims cluster up`: makes a cluster that stays until it is taken down, and says how to use it. */
export const clusterUp = async (
  { name, ...flags }: ClusterRequest & { readonly name: string },
  terminal: Terminal,
): Promise<ExitCode> => {
  await using cluster = await openCluster(
    flags,
    { name, life: 'kept', onPhase: (phase) => terminal.progress(`cluster: ${phase}\n`) },
    terminal.providers,
    terminal.signal,
  );
  const nodes = cluster.nodes.map((node) => node.name).join(', ');
  terminal.result(
    [
      `cluster ${name} is up: ${cluster.facts.provider as string}, network ${cluster.facts.cni as string}, ${nodes}`,
      `  use it     netclaims verify --cluster-name ${name}`,
      ...(cluster.kubeconfig === undefined
        ? []
        : [`  kubectl    kubectl --kubeconfig ${cluster.kubeconfig} get nodes`]),
      ...cluster.nodes.map((node) => `  enter it   ${node.replay({ argv: ['bash'] })}`),
      `  remove it  netclaims cluster down ${name}`,
      '',
    ].join('\n'),
  );
  return exitCode.holds;
};

/** `netclaims cluster down NAME ...|--all`: removes clusters that were kept. */
export const clusterDown = async (
  names: readonly string[],
  { all }: { readonly all: boolean },
  terminal: Terminal,
): Promise<ExitCode> => {
  const { providers } = terminal;
  if (names.length === 0 && !all) {
    throw new NetclaimsError({
      code: 'usage/no-name',
      what: 'no cluster is named',
      remedy: 'name it (`netclaims cluster list` shows them all), or give --all',
    });
  }
  const found = new Set<string>();
  const failures: unknown[] = [];
  for (const provider of providers) {
    const wanted = all ? (await provider.list()).map(({ name }) => name) : names;
    for (const name of wanted) {
      try {
        if (!(await provider.remove(name))) continue;
        terminal.result(`cluster ${name} is removed\n`);
      } catch (error) {
        failures.push(error);
      }
      found.add(name);
    }
    await provider.sweep().catch((error: unknown) => failures.push(error));
  }
  for (const error of failures) terminal.progress(`${describeError(error)}\n`);
  const unknown = names.filter((name) => !found.has(name));
  if (unknown.length === 0) return failures.map(exitCodeOfError).reduce(worse, exitCode.holds);
  throw new NetclaimsError({
    code: 'usage/no-cluster',
    what: `there is no cluster named ${unknown.join(', ')}`,
    remedy: '`netclaims cluster list` shows them all',
  });
};

/** `netclaims cluster list`: one line each, by name. */
export const clusterList = async (terminal: Terminal): Promise<ExitCode> => {
  const kept = (await Promise.all(terminal.providers.map((provider) => provider.list()))).flat();
  if (kept.length === 0) {
    terminal.progress('no cluster is kept; `netclaims cluster up` makes one\n');
    return exitCode.holds;
  }
  const rows = [
    ['NAME', 'CLUSTER', 'CNI', 'NODES', 'CREATED', 'ENTER'],
    ...kept.map(({ name, provider, cni, nodes, createdAt, enter }) => [
      name,
      provider,
      cni,
      nodes.join(','),
      createdAt,
      enter,
    ]),
  ];
  terminal.result(`${table(rows).join('\n')}\n`);
  return exitCode.holds;
};
