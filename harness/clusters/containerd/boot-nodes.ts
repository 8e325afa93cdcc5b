import type { IpFamily } from '../../domain/cluster-provider.js';
import { cleanup } from '../cleanup.js';
import { allDone } from '../../domain/all-done.js';
import type { NodeRecord } from './connect-node.js';
import type { HeldEnds } from './node-footings.js';
import { bootNode, type BootOptions } from './node/boot.js';
import type { CniNetwork } from './node/cni-network.js';
import { joinNodes, makeUnderlay } from './node/underlay.js';
import { planNodes, podRouting } from './node/underlay-plan.js';

/** What the nodes of a cluster are like. */
export interface NodesOptions extends Omit<BootOptions, 'name' | 'conflist'> {
  readonly count: number;
  readonly ipFamily: IpFamily;
  readonly network: CniNetwork;
}

/** Nodes whose containerd has been started, joined to each other. Disposing of them ends all of it. */
export interface BootedNodes extends AsyncDisposable {
  /** At least one. */
  readonly nodes: readonly NodeRecord[];
  readonly underlayPid: number;
  readonly ends: HeldEnds;
  readonly underlayStartTime: number;
  /** What their CNI configuration says, on the first of them. */
  readonly conflist: string;
  /** Lets them go on when this process ends. */
  keep(): void;
}

/** Boots the nodes of a cluster, beside each other. @throws NetclaimsError `cluster/…` */
export const bootNodes = async (
  { count, ipFamily, network, ...boot }: NodesOptions,
  signal: AbortSignal,
): Promise<BootedNodes> => {
  const plan = planNodes(count, ipFamily);
  const undo = cleanup();
  const held: { keep(): void }[] = [];
  const hold = <T extends AsyncDisposable & { keep(): void }>(one: T): T => {
    undo.defer(() => one[Symbol.asyncDispose]());
    held.push(one);
    return one;
  };
  const conflistOf = (podCidrs: readonly string[]) => ({
    file: network.file,
    content: network.onNode(podCidrs),
  });
  try {
    const [underlay, booted] = await Promise.allSettled([
      makeUnderlay(boot.mark, signal).then(hold),
      allDone(
        plan.map(async ({ name, podCidrs }) =>
          hold(await bootNode({ ...boot, name, conflist: conflistOf(podCidrs) }, signal)),
        ),
      ),
    ]);
    if (underlay.status === 'rejected') throw underlay.reason;
    if (booted.status === 'rejected') throw booted.reason;
    const nodes = plan.map((node, index) => ({
      ...node,
      initPid: booted.value[index]?.initPid ?? -1,
      initStartTime: booted.value[index]?.initStartTime ?? -1,
    }));
    await joinNodes(underlay.value, nodes, ipFamily, podRouting(network.plugins), signal);
    return {
      nodes: nodes.map(({ name, initPid, initStartTime, addresses }) => ({
        ...{ name, initPid, initStartTime },
        ips: addresses,
      })),
      underlayPid: underlay.value.pid,
      ends: new Map([
        [underlay.value.pid, underlay.value.ended],
        ...booted.value.map(({ initPid, ended }) => [initPid, ended] as const),
      ]),
      underlayStartTime: underlay.value.startTime,
      conflist: conflistOf(plan[0]?.podCidrs ?? []).content,
      keep: () => held.forEach((one) => one.keep()),
      [Symbol.asyncDispose]: () => undo[Symbol.asyncDispose](),
    };
  } catch (error) {
    await undo[Symbol.asyncDispose]();
    throw error;
  }
};
