import type { Engine, Resource } from '../engine/engine.js';
import { ownLabels } from './labels.js';

/** What another process must know of a cluster to use it, as it is kept in the engine. */
export interface ClusterRecord {
  readonly name: string;
  readonly id: string;
  /** `held` goes with its owner, `kept` stays until it is removed. */
  readonly life: 'held' | 'kept';
  readonly cni: string;
  /** In order, the control plane first. */
  readonly nodes: readonly string[];
  /** ISO 8601. */
  readonly createdAt: string;
}

/**
 * Says of a cluster that it is made. Labels of containers cannot be changed, and the cluster of a process that was killed while it made it
 * must look different from one that is to stay: what tells them apart is an empty volume, whose label is the record.
 */
export const publishRecord = async (
  engine: Engine,
  record: ClusterRecord,
  labels: Resource['labels'],
  signal: AbortSignal,
): Promise<void> => {
  await engine.createVolume(
    `${record.name}-${record.id}`,
    { ...labels, [ownLabels.record]: JSON.stringify(record) },
    signal,
  );
};

/** The records of all clusters of this engine that are made, by name. */
export const allRecords = async (engine: Engine, signal: AbortSignal): Promise<readonly ClusterRecord[]> =>
  recordsAmong(await engine.list('volume', ownLabels.record, signal));

/** The records that are among resources, by name. */
export const recordsAmong = (resources: readonly Resource[]): readonly ClusterRecord[] =>
  resources
    .flatMap(({ labels }) => {
      const record = labels[ownLabels.record];
      return record === undefined ? [] : [JSON.parse(record) as ClusterRecord];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
