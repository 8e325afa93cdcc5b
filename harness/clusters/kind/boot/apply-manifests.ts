import type { ClusterPlan } from '../kubeadm/cluster-plan.js';
import { script, type RunOnNode } from './run-on-node.js';

const applyTimeoutMs = 120_000;

/**
 * Applies manifests on the server's side, so that no field is lost that this kubectl does not know. What only becomes possible by what came
 * before it (objects of a kind that the same file defines) is tried again for a while.
 */
export const applyManifests = async (
  plan: ClusterPlan,
  purpose: string,
  manifests: string,
  run: RunOnNode,
  signal: AbortSignal,
): Promise<void> => {
  await run(
    plan.controlPlane,
    { purpose, argv: script(apply), stdin: manifests, timeoutMs: applyTimeoutMs },
    signal,
  );
};

const apply = `
cat >/kind/netclaims-manifests
for attempt in 1 2 3 4 5 6 7 8 9 10; do
  if said=$(kubectl --kubeconfig=/etc/kubernetes/admin.conf apply --server-side --force-conflicts --filename=/kind/netclaims-manifests 2>&1); then exit 0; fi
  case $said in *'no matches for kind'*|*'not found'*|*'failed calling webhook'*) sleep 1 ;; *) break ;; esac
done
echo "$said" >&2
exit 1
`;
