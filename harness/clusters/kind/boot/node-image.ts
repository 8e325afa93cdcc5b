import { kubernetesVersion, type KubernetesVersion } from '../kubeadm/kubernetes-version.js';
import { script, type RunOnNode } from './run-on-node.js';

/** What a node image brings. */
export interface NodeImage {
  readonly version: KubernetesVersion;
  /** Its CNI manifest, and that of its storage class; empty when it has none. */
  readonly cniManifest: string;
  readonly storageManifest: string;
  readonly plugins: readonly string[];
  /** Whether it has the image of CoreDNS. Where it is left out, no pods are made that could never start. */
  readonly dns: boolean;
  /** The snapshotter that its containerd is configured for. */
  readonly snapshotter: string;
}

/** Looked at in one command. A file's content is encoded, so that no file can look like the next answer. */
const lookAround = `
for file in /kind/version /kind/manifests/default-cni.yaml /kind/manifests/default-storage.yaml /etc/containerd/config.toml; do
  if [ -f "$file" ]; then base64 --wrap=0 "$file"; fi
  echo
done
ctr --namespace=k8s.io images list --quiet | grep --count /coredns || true
ls /opt/cni/bin 2>/dev/null || true
`;

/** Looks at what the image of a node that has booted brings. @throws NetclaimsError `cluster/version` */
export const readNodeImage = async (
  node: { readonly name: string },
  image: string,
  run: RunOnNode,
  signal: AbortSignal,
): Promise<NodeImage> => {
  const answer = await run(node, { purpose: 'say what is in its image', argv: script(lookAround) }, signal);
  const [version, cniManifest, storageManifest, containerd, coreDns, ...plugins] = answer.split('\n');
  const text = (encoded = '') => Buffer.from(encoded, 'base64').toString('utf8');
  return {
    version: kubernetesVersion(text(version), image),
    cniManifest: text(cniManifest),
    storageManifest: text(storageManifest),
    plugins: plugins.filter((name) => name !== ''),
    dns: coreDns !== '0',
    snapshotter: /^\s*snapshotter\s*=\s*"([^"]+)"/m.exec(text(containerd))?.[1] ?? 'overlayfs',
  };
};
