import type { Observation } from '../../domain/observation.js';
import type { WorldReport } from '../../domain/world-report.js';
import { changesBetween, type Change } from '../topology/changes.js';
import { topologyOf } from '../topology/topology-of.js';
import type { Topology } from '../topology/topology.js';

/** An observation with its topology, and what changed in it since the one before. */
export interface Scene {
  /** The page's id of it. */
  readonly id: string;
  readonly observation: Observation;
  readonly topology: Topology;
  /** The name of the observation before, and what changed since. */
  readonly since: { readonly name: string; readonly changes: readonly Change[] } | undefined;
}

/** The scenes of a world in the order in which they were observed. */
export const scenesOf = (world: WorldReport, id: string): readonly Scene[] => {
  const observations = Object.values(world.observations).toSorted(
    (a, b) => Date.parse(a.at) - Date.parse(b.at),
  );
  const topologies = observations.map(topologyOf);
  return observations.map((observation, index) => {
    const [before, now] = [topologies[index - 1], topologies[index]];
    const topology = now ?? { nodes: [], wires: [] };
    const name = observations[index - 1]?.name;
    return {
      id: `${id}o${index}`,
      observation,
      topology,
      since:
        before === undefined || name === undefined
          ? undefined
          : { name, changes: changesBetween(before, topology) },
    };
  });
};
