import type { Resources } from '../cri/cri-types.js';
import type { PodContainer } from './pod-manifest.js';
import { parseQuantity } from './quantity.js';

/** The kernel's scheduling period, in microseconds, and the least quota that it takes in one. */
const cpuPeriod = 100_000;
const leastQuota = 1_000;
const leastShares = 2;

/**
 * What a container's cgroup is to hold it to, as a kubelet computes it. A request of memory only guides a scheduler, and there is none.
 */
export const resourcesOf = ({ resources }: PodContainer): Resources => {
  const limitedCpu = parseQuantity(resources?.limits?.cpu ?? '');
  // A limit without a request is a request as well.
  const cpu = parseQuantity(resources?.requests?.cpu ?? '') ?? limitedCpu;
  const memory = parseQuantity(resources?.limits?.memory ?? '');
  return {
    ...(cpu === undefined ? {} : { cpuShares: Math.max(leastShares, Math.round(cpu * 1024)) }),
    ...(limitedCpu === undefined || limitedCpu === 0
      ? {}
      : { cpuPeriod, cpuQuota: Math.max(leastQuota, Math.round(limitedCpu * cpuPeriod)) }),
    ...(memory === undefined || memory === 0 ? {} : { memoryLimitInBytes: Math.round(memory) }),
  };
};
