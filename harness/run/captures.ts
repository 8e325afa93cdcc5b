import { capturing } from '../diagnosis/capture.js';
import type { Artifact } from '../domain/artifact.js';
import type { Cluster } from '../domain/cluster.js';
import type { StepContext } from './steps/step-runner.js';

/** The packet captures of one world, for its diagnosis. */
export interface Captures {
  readonly artifacts: readonly Artifact[];
  /** Why there is none of a probe. */
  readonly notes: readonly string[];
  readonly during: StepContext['captured'];
}

/** More bytes of captures than this, and the first ones make room: a world may probe for as long as it likes. */
const mostBytes = 16 * 1024 * 1024;

/** Captures nothing unless `wanted`. */
export const openCaptures = (wanted: boolean, cluster: Cluster): Captures => {
  const artifacts: Artifact[] = [];
  const notes: string[] = [];
  const keep = (artifact: Artifact) => {
    artifacts.push(artifact);
    while (artifacts.reduce((sum, { content }) => sum + content.length, 0) > mostBytes) {
      notes.push(`${artifacts.shift()?.name ?? ''} made room for later ones`);
    }
  };
  return {
    artifacts,
    notes,
    during: async ({ probe, timeoutMs, node: name, netns }, work, signal) => {
      const node = cluster.nodes.find((one) => one.name === name);
      if (!wanted || node === undefined) return work();
      const { result, artifact, note } = await capturing({ node, netns }, probe, timeoutMs, work, signal);
      if (artifact !== undefined) keep(artifact);
      if (note !== undefined) notes.push(`the packets of probe ${probe} could not be captured: ${note}`);
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    },
  };
};
