import type { Cluster } from '../domain/cluster.js';
import { NetclaimsError } from '../domain/error.js';
import { isUnreadable } from '../domain/fact-types.js';
import type { Manifest } from '../domain/manifest.js';
import { byPlace, formatProblem, type Problem } from '../domain/problem.js';
import { allSteps, worldsOf, type Scenario, type WorldPlan } from '../domain/scenario.js';

const kubernetes = '--cluster kind or kubeconfig';

/** What gives a cluster a capability that another one lacks. */
const givenBy: Readonly<Record<string, string>> = {
  kubernetes,
  services: kubernetes,
  dns: '--cluster kind, or kubeconfig with a DNS add-on',
  'network-policy': 'a CNI that enforces NetworkPolicy (--cni)',
  'own-nodes': '--cluster containerd or kind',
  'changeable-network': '--cluster containerd',
  'host-ports': 'a CNI network with the portmap plugin (--cni bridge or ptp)',
  bandwidth: 'a CNI network that hands limits on (--cni bridge+bandwidth or ptp+bandwidth)',
  'host-local': 'a CNI network whose addresses host-local gives (--cni bridge or ptp)',
  'described-network': '--cluster containerd, with a network of its own (--cni bridge, ptp or macvlan)',
  veth: 'a CNI network whose pods have veths (--cni bridge or ptp)',
};

/** Something that a world needs and the cluster lacks, and what would give it. */
interface Lack {
  readonly what: string;
  readonly remedy: string | undefined;
}

/**
 * Why a cluster cannot have one of a scenario's worlds, in a line: what the scenario requires, and the kinds of objects that the world
 * applies, as far as the cluster lacks them, and what would give them; undefined when it can.
 * @throws NetclaimsError `cluster/capabilities` when one that it requires could not be tested, and none is known to be lacking
 */
export const notApplicable = (scenario: Scenario, world: WorldPlan, cluster: Cluster): string | undefined => {
  const lacks: readonly Lack[] = [
    ...scenario.requires.flatMap((requirement) => missing(requirement, cluster) ?? []),
    ...unsupportedKinds(world, cluster).map((kind) => ({
      what: `objects of kind ${kind}`,
      remedy: kubernetes,
    })),
  ];
  if (lacks.length === 0) {
    refuseUntested(scenario, cluster);
    return undefined;
  }
  const remedies = [...new Set(lacks.flatMap(({ remedy }) => remedy ?? []))];
  return [
    `needs ${lacks.map(({ what }) => what).join(', ')}`,
    ...(remedies.length === 0 ? [] : [`→ ${remedies.join('; ')}`]),
  ].join(' ');
};

const isCount = (requirement: string): boolean => /^nodes>=[0-9]+$/.test(requirement);

const missing = (requirement: string, cluster: Cluster): Lack | undefined => {
  if (isCount(requirement)) {
    const count = requirement.slice('nodes>='.length);
    if (cluster.nodes.length >= Number(count)) return undefined;
    return { what: `${count} nodes, not ${cluster.nodes.length}`, remedy: `--nodes ${count}` };
  }
  const { has, untested } = capabilitiesOf(cluster);
  return has.includes(requirement) || untested(requirement) !== undefined
    ? undefined
    : { what: `\`${requirement}\``, remedy: givenBy[requirement] };
};

/** What the cluster has, and why it is not known whether it has another one. */
const capabilitiesOf = ({ detected, facts: { capabilities } }: Cluster) => {
  if (detected !== undefined)
    return { has: detected.has, untested: (name: string) => detected.untested.get(name) };
  return isUnreadable(capabilities)
    ? { has: [], untested: () => capabilities.$unreadable }
    : { has: capabilities, untested: () => undefined };
};

const refuseUntested = ({ requires }: Scenario, cluster: Cluster): void => {
  for (const requirement of requires) {
    const why = isCount(requirement) ? undefined : capabilitiesOf(cluster).untested(requirement);
    if (why === undefined) continue;
    throw new NetclaimsError({
      code: 'cluster/capabilities',
      what: `whether the cluster has \`${requirement}\` could not be tested`,
      evidence: [why],
      remedy: 'fix what kept the test from an answer, and run again',
    });
  }
};

const unsupportedKinds = (world: WorldPlan, cluster: Cluster): readonly string[] => [
  ...new Set(
    manifestsOf(world)
      .filter((manifest) => !cluster.supports(manifest))
      .map(({ kind }) => kind),
  ),
];

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
    .flatMap(worldsOf)
    .flatMap(manifestsOf)
    .filter((manifest) => cluster.supports(manifest));
  const problems = applied.flatMap((manifest) => cluster.refusals(manifest));
  return [...new Map(problems.map((problem) => [formatProblem(problem), problem])).values()].sort(byPlace);
};

/** Whether a scenario can be had. One of which that is not known is not started either. */
export const isApplicable = (scenario: Scenario, cluster: Cluster): boolean =>
  applies(scenario, scenario.world, cluster);

/** Whether one of a scenario's worlds can be had. */
export const applies = (scenario: Scenario, plan: WorldPlan, cluster: Cluster): boolean => {
  try {
    return [scenario.world, plan].every((world) => notApplicable(scenario, world, cluster) === undefined);
  } catch (error) {
    if (error instanceof NetclaimsError) return false;
    throw error;
  }
};
