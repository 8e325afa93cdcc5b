import type { Cluster } from '../domain/cluster.js';
import { NetclaimsError } from '../domain/error.js';
import { isUnreadable } from '../domain/fact-types.js';
import type { Manifest } from '../domain/manifest.js';
import { byPlace, formatProblem, type Problem } from '../domain/problem.js';
import { allSteps, type Scenario, type WorldPlan } from '../domain/scenario.js';

const kubernetes = '--cluster kind or kubeconfig';

/** What gives a cluster a capability that another one lacks. */
const givenBy: Readonly<Record<string, string>> = {
  kubernetes,
  services: kubernetes,
  dns: '--cluster kind, or kubeconfig with a cluster that has a DNS add-on',
  'network-policy': 'a CNI that enforces NetworkPolicy (--cni), on --cluster kind or kubeconfig',
  'own-nodes': '--cluster containerd or kind, whose nodes netclaims makes itself',
  'host-ports': 'a CNI network with the portmap plugin, such as --cni bridge or --cni ptp',
  'host-local': 'a CNI network whose addresses host-local gives, such as --cni bridge or --cni ptp',
  veth: 'a CNI network whose pods have veths: --cni bridge or --cni ptp',
};

/**
 * Why a cluster cannot have one of a scenario's worlds: what the scenario requires, or a kind of object that the world applies, and what
 * would give it; undefined when it can.
 * @throws NetclaimsError `cluster/capabilities` when it could not be read what the cluster can do
 */
export const notApplicable = (scenario: Scenario, world: WorldPlan, cluster: Cluster): string | undefined => {
  const lacking = scenario.requires.filter((requirement) => isMissing(requirement, cluster));
  const kinds = unsupportedKinds(world, cluster);
  // Services, DNS and the like come with it: that it is not there says it all.
  const needed = lacking.includes('kubernetes') ? ['kubernetes'] : lacking;
  const reasons = [
    ...needed.map((requirement) => reason(requirement, cluster)),
    ...(needed.includes('kubernetes') || kinds.length === 0
      ? []
      : [`${describeCluster(cluster)} has no ${kinds.join(', ')}: ${kubernetes} has`]),
  ];
  return reasons.length === 0 ? undefined : reasons.join('; ');
};

const nodesRequired = (requirement: string): number | undefined => {
  const [, count] = /^nodes>=([0-9]+)$/.exec(requirement) ?? [];
  return count === undefined ? undefined : Number(count);
};

const isMissing = (requirement: string, cluster: Cluster): boolean => {
  const count = nodesRequired(requirement);
  if (count !== undefined) return cluster.nodes.length < count;
  const { capabilities } = cluster.facts;
  if (!isUnreadable(capabilities)) return !capabilities.includes(requirement);
  throw new NetclaimsError({
    code: 'cluster/capabilities',
    what: `it could not be read whether the cluster has \`${requirement}\``,
    evidence: [capabilities.$unreadable],
  });
};

const reason = (requirement: string, cluster: Cluster): string => {
  const count = nodesRequired(requirement);
  if (count !== undefined)
    return `it needs ${count} nodes and the cluster has ${cluster.nodes.length}: --nodes ${count} gives them`;
  const remedy = givenBy[requirement];
  return `it needs \`${requirement}\`, which ${describeCluster(cluster)} has not${remedy === undefined ? '' : `: ${remedy} gives it`}`;
};

const unsupportedKinds = (world: WorldPlan, cluster: Cluster): readonly string[] => [
  ...new Set(
    manifestsOf(world)
      .filter((manifest) => !cluster.supports(manifest))
      .map(({ kind }) => kind),
  ),
];

const describeCluster = ({ facts: { provider, cni } }: Cluster): string =>
  `the cluster (${[provider, cni].flatMap((word) => (typeof word === 'string' ? word : [])).join(', ')})`;

/** Every manifest that is applied in a world at some time. */
const manifestsOf = ({ manifests, steps }: WorldPlan): readonly Manifest[] => [
  ...manifests,
  ...allSteps(steps).flatMap((step) => (step.kind === 'apply' ? step.manifests : [])),
];

/**
 * What the manifests of the scenarios ask for and this cluster cannot do, by place, each once. To be asked before anything is started:
 * when it is not empty, nothing may be. What does not apply to the cluster is left out, as it will not be started either.
 */
export const refusedBy = (scenarios: readonly Scenario[], cluster: Cluster): readonly Problem[] => {
  const applied = scenarios
    .filter((scenario) => isApplicable(scenario, cluster))
    .flatMap((scenario) => [scenario.world, ...scenario.controls.map(({ world }) => world)])
    .flatMap(manifestsOf)
    .filter((manifest) => cluster.supports(manifest));
  const problems = applied.flatMap((manifest) => cluster.refusals(manifest));
  return [...new Map(problems.map((problem) => [formatProblem(problem), problem])).values()].sort(byPlace);
};

/** One of which that is not known is not started either. */
const isApplicable = (scenario: Scenario, cluster: Cluster): boolean =>
  (isUnreadable(cluster.facts.capabilities) && scenario.requires.length > 0
    ? 'not known'
    : notApplicable(scenario, scenario.world, cluster)) === undefined;
