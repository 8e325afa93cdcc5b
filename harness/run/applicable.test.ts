import { describe, expect, it } from '@jest/globals';
import { unreadable } from '../domain/fact-types.js';
import type { Cluster } from '../domain/cluster.js';
import type { Manifest } from '../domain/manifest.js';
import type { Problem } from '../domain/problem.js';
import type { Scenario } from '../domain/scenario.js';
import { isApplicable, notApplicable, refusedBy } from './applicable.js';
import { fakeCluster } from './testing/fake-cluster.js';
import { control, plan, pod, scenario } from './testing/scenarios.js';

const service: Manifest = { ...pod('web', 'c'), kind: 'Service' };
const withService = { ...plan(), manifests: [service] };

const why = (one: Scenario, cluster: Cluster) => notApplicable(one, one.world, cluster);

describe('notApplicable', () => {
  it('says nothing of a scenario that applies', () => {
    const cluster = fakeCluster({ capabilities: ['veth'] });
    expect(why(scenario('s', plan(), { requires: ['veth', 'nodes>=1'] }), cluster)).toBeUndefined();
  });

  it.each([
    ['services', 'needs `services` → --cluster kind or kubeconfig'],
    ['nodes>=2', 'needs 2 nodes, not 1 → --nodes 2'],
    ['bgp', 'needs `bgp`'],
  ])('names what is missing and what gives it: %s', (requirement, reason) => {
    expect(why(scenario('s', plan(), { requires: [requirement] }), fakeCluster())).toBe(reason);
  });

  it.each([
    ['of the scenario', scenario('s', withService)],
    ['of a step', scenario('s', plan({ kind: 'apply', manifests: [service] }))],
  ])('names a kind %s that the cluster has not', (_, one) => {
    expect(why(one, fakeCluster())).toBe('needs objects of kind Service → --cluster kind or kubeconfig');
  });

  it('asks each world by itself: a control may need what the scenario does not', () => {
    const one = scenario('s', plan(), { controls: [control('c', withService)] });
    expect(why(one, fakeCluster())).toBeUndefined();
    expect(notApplicable(one, withService, fakeCluster())).toContain('kind Service');
  });

  it('never takes capabilities that could not be read for none', () => {
    const cluster = fakeCluster();
    const blind = { ...cluster, facts: { ...cluster.facts, capabilities: unreadable('no answer') } };
    expect(() => why(scenario('s', plan(), { requires: ['veth'] }), blind)).toThrow(
      expect.objectContaining({ code: 'cluster/capabilities', evidence: ['no answer'] }),
    );
  });

  it('takes no capability that could not be tested for an absent one, and keeps to those that were', () => {
    const detected = { has: ['dns'], untested: new Map([['network-policy', 'no answer']]) };
    const cluster = { ...fakeCluster(), detected };
    const needing = (...requires: readonly string[]) => scenario('s', plan(), { requires });
    expect(() => why(needing('dns', 'network-policy'), cluster)).toThrow(
      expect.objectContaining({ code: 'cluster/capabilities', evidence: ['no answer'] }),
    );
    expect(isApplicable(needing('network-policy'), cluster)).toBe(false);
    expect(why(needing('dns'), cluster)).toBeUndefined();
    // What it lacks decides.
    expect(why(needing('network-policy', 'veth'), cluster)).toContain('needs `veth`');
  });
});

describe('refusedBy', () => {
  const problem = (line: number): Problem => ({
    file: 'pods.yaml',
    line,
    column: 1,
    message: 'no shareProcessNamespace here',
    severity: 'error',
  });

  it('gives the refusals of all manifests by place, each once', () => {
    const cluster = fakeCluster({
      refusals: ({ name }) => (name === 'other' ? [problem(3)] : [problem(9), problem(7)]),
    });
    const other = { ...plan({ kind: 'apply', manifests: [pod('other', 'c')] }), manifests: [] };
    const scenarios = [scenario('a', plan()), scenario('b', plan(), { controls: [control('c', other)] })];
    expect(refusedBy(scenarios, cluster).map(({ line }) => line)).toEqual([3, 7, 9]);
    expect(cluster.calls).toEqual([]);
  });

  it('leaves out scenarios that do not apply', () => {
    const cluster = fakeCluster({ refusals: () => [problem(1)] });
    expect(refusedBy([scenario('a', withService)], cluster)).toEqual([]);
  });
});
