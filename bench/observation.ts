import { collect } from '../harness/facts/collect.js';
import { median, repeated } from './measure.js';
import { bootCluster, sleepingPod } from './test-cluster.js';

const never = new AbortController().signal;
const batch = 20;

/** Median milliseconds of an observation, by the number of pods on the node. */
export const observationTimes = async (counts: readonly number[]): Promise<ReadonlyMap<number, number>> => {
  await using cluster = await bootCluster();
  await using world = await cluster.openWorld('bench');
  const times = new Map<number, number>();
  let made = 0;
  for (const count of counts) {
    while (made < count) {
      const more = Math.min(batch, count - made);
      const first = made;
      await world.apply(
        Array.from({ length: more }, (_, index) => sleepingPod(`p${first + index}`)),
        never,
      );
      made += more;
    }
    const subjects = { pods: await world.pods(never), nodes: cluster.nodes, cluster: cluster.facts };
    times.set(count, median(await repeated(5, () => collect('bench', subjects, {}, never))));
  }
  return times;
};
