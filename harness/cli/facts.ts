import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Cluster } from '../domain/cluster.js';
import { waitingFor } from '../domain/cluster-lock.js';
import { describeError, NetclaimsError } from '../domain/error.js';
import type { Manifest } from '../domain/manifest.js';
import { formatProblem, type Problem } from '../domain/problem.js';
import { collect } from '../facts/collect.js';
import { renderFacts } from '../reports/facts-text.js';
import { checkWritable } from '../reports/report-target.js';
import { underLock } from '../run/isolation/under-lock.js';
import { loadManifests } from '../scenario/manifest-files.js';
import { exitCode, type ExitCode } from './exit-code.js';
import { openCluster, type ClusterRequest } from '../session/open-cluster.js';
import { runSession } from '../session/run-session.js';
import { watchFacts } from './watch-facts.js';
import type { Terminal } from './terminal.js';

export interface FactsFlags extends ClusterRequest {
  readonly output: string;
  /** Where to write a picture of them. */
  readonly svg?: string;
  /** Whether what changes is printed as it does. */
  readonly watch?: true;
}

/** `netclaims facts`: the facts of a cluster's nodes, and of the pods in the manifests once they are ready. */
export const facts = async (
  files: readonly string[],
  flags: FactsFlags,
  terminal: Terminal,
): Promise<ExitCode> => {
  const { output } = flags;
  if (output !== 'text' && output !== 'json') {
    throw new NetclaimsError({
      code: 'usage/output',
      what: `--output ${output}: there is no such format`,
      remedy: 'give text or json',
    });
  }
  if (flags.watch === true && output === 'json') {
    throw new NetclaimsError({
      code: 'usage/output',
      what: '--watch prints what changes as text',
      remedy: 'leave --output json out',
    });
  }
  const picture = flags.svg === undefined ? undefined : resolve(terminal.folder, flags.svg);
  if (picture !== undefined) await checkWritable(picture);
  const { signal, providers, progress } = terminal;
  const loaded = await Promise.all(files.map((file) => loadManifests(file, signal)));
  const problems = loaded.flatMap((one) => one.problems);
  if (tell(problems.map(formatProblem), terminal)) return exitCode.usage;
  const manifests = loaded.flatMap((one) => one.manifests);

  const onPhase = (phase: string) => progress(`cluster: ${phase}\n`);
  const lock = {
    wait: true,
    onWait: (holder: string) => onPhase(waitingFor(holder)),
  };
  const { outcome, cleanUp } = await runSession(
    () => openCluster(flags, { name: undefined, life: 'held', onPhase }, providers, signal),
    {
      capabilities: [],
      lock,
      refusals: (cluster) => refused(manifests, cluster),
      run: async (cluster) => {
        const print = (held: Cluster) => show(manifests, held, { ...flags, picture }, terminal);
        // Without pods there is nothing that another run could see.
        if (manifests.length === 0) await print(cluster);
        else await underLock(cluster, { mode: 'shared', ...lock }, print, signal);
      },
    },
    // The facts are all that is asked for: nobody waits for a word about the end.
    () => undefined,
    signal,
  );
  for (const error of cleanUp) progress(`${describeError(error)}\n`);
  switch (outcome.kind) {
    case 'refused':
      tell(outcome.problems.map(formatProblem), terminal);
      return exitCode.usage;
    case 'failed':
      throw outcome.error;
    case 'ran':
      return cleanUp.length > 0 ? exitCode.unknown : exitCode.holds;
  }
};

/** Applies the manifests, prints the facts once everything is ready, and then what changes if that is asked for. */
const show = async (
  manifests: readonly Manifest[],
  cluster: Cluster,
  { output, picture, watch }: FactsFlags & { readonly picture: string | undefined },
  { result, resultLost, progress, signal }: Terminal,
): Promise<void> => {
  await using world = await cluster.openWorld(`facts-${randomBytes(3).toString('hex')}`);
  await world.apply(manifests, signal);
  const { nodes, facts: clusterFacts } = cluster;
  const read = async () =>
    collect('facts', { pods: await world.pods(signal), nodes, cluster: clusterFacts }, {}, signal);
  const observation = await read();
  if (picture !== undefined) {
    // Its layout library takes a while to load, which nothing else is to wait for.
    const { renderSvgFile } = await import('../reports/picture/svg-file.js');
    await writeFile(picture, renderSvgFile(observation));
  }
  result(output === 'json' ? `${JSON.stringify(observation, undefined, 2)}\n` : renderFacts(observation));
  if (watch === true) {
    progress('watching; Ctrl-C ends it\n');
    const over = new AbortController();
    const stop = AbortSignal.any([signal, resultLost(AbortSignal.any([signal, over.signal]))]);
    await watchFacts({ cluster, world, first: observation, read }, result, stop).finally(() => over.abort());
  }
};

const refused = (manifests: readonly Manifest[], cluster: Cluster): readonly Problem[] =>
  manifests.flatMap((manifest): readonly Problem[] => {
    if (cluster.supports(manifest)) return cluster.refusals(manifest);
    const { file } = manifest;
    const { line, column } = manifest.position(['kind']);
    const message = `this cluster has no ${manifest.kind}: it runs pods`;
    return [{ file, line, column, message, severity: 'error' }];
  });

/** Whether there was anything to tell. */
const tell = (problems: readonly string[], terminal: Terminal): boolean => {
  terminal.progress(problems.map((problem) => `${problem}\n`).join(''));
  return problems.length > 0;
};
