import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterRecord } from '../clusters/containerd/containerd-cluster.js';
import { connectCri } from '../clusters/containerd/cri/cri-client.js';
import { pathOnNode } from '../clusters/containerd/node/boot.js';
import { nodePaths } from '../clusters/containerd/node/containerd-config.js';
import { nodeOf } from '../clusters/containerd/node/enter.js';
import { namedClusters } from '../clusters/named-clusters.js';
import { machine } from './machine.js';

/** A shim ends in its own time once its containers are gone. */
const patience = { tries: 40, pauseMs: 100 };

const never = new AbortController().signal;

/** The first node of a kept cluster, as tests look at it from outside. */
export interface KeptNode extends Disposable {
  /** Where its pods' cgroups are. */
  readonly cgroup: string;
  /** What a shell line prints on the node. */
  sh(line: string): Promise<string>;
  /** `NAMESPACE/POD` of each sandbox, sorted. */
  sandboxes(): Promise<readonly string[]>;
  /** Removes all sandboxes, as somebody does who has looked at what was kept. */
  removeAll(): Promise<void>;
  /** What pods have left on the node: sandboxes, namespaces, addresses, folders, shims. Empty when there is nothing. */
  left(): Promise<readonly string[]>;
}

/** Connects to the node of the cluster of that name. */
export const keptNode = async (name: string): Promise<KeptNode> => {
  const record = await namedClusters<ClusterRecord>(machine.stateDir).find(name);
  const [first] = record?.nodes ?? [];
  if (record === undefined || first === undefined) throw new Error(`there is no cluster ${name}`);
  const { initPid } = first;
  const node = nodeOf(first.name, initPid);
  const cri = connectCri(pathOnNode(initPid, nodePaths.socket));
  const sh = async (line: string) =>
    (await node.exec({ argv: ['sh', '-c', line], timeoutMs: 10_000 }, never)).stdout.trim();
  const sandboxes = async () => {
    const all = await cri.listPodSandbox({}, never);
    return all.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`).sort();
  };
  const traces = [
    'ctr --namespace k8s.io containers list --quiet',
    'ls -d /run/netns/* /var/log/pods/* /var/lib/kubelet/pods/* /run/netclaims/worlds/* 2>/dev/null',
    'find /var/lib/cni/networks -type f -name "[0-9]*" 2>/dev/null',
    'ip -o link | grep -Ev "^[0-9]+: (lo|eth0@[^:]*|cni0):"',
    // Those that have ended and that their parent has not heard of yet are only a line in a table.
    'ps -eo stat=,args= | grep -v ^Z | grep shim-runc | grep -v grep',
    'true',
  ];
  return {
    cgroup: record.cgroup,
    sh,
    sandboxes,
    async removeAll() {
      for (const { id } of await cri.listPodSandbox({}, never)) {
        await cri.stopPodSandbox(id, never);
        await cri.removePodSandbox(id, never);
      }
      await sh('rm -rf /var/log/pods/* /var/lib/kubelet/pods/*');
    },
    async left() {
      for (let left = patience.tries; ; left -= 1) {
        const found = [...(await sandboxes()), ...(await sh(traces.join('; '))).split('\n').filter(Boolean)];
        if (found.length === 0 || left === 0) return found;
        await sleep(patience.pauseMs);
      }
    },
    [Symbol.dispose]: () => cri[Symbol.dispose](),
  };
};
