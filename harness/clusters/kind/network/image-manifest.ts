import { loadAll } from 'js-yaml';

interface Workload {
  readonly kind?: string;
  readonly metadata?: { readonly name?: string };
  readonly spec?: {
    readonly template?: {
      readonly spec?: { readonly containers?: { env?: { name: string; value?: string }[] }[] };
    };
  };
}

/**
 * The CNI manifest of a node image, made ready for this cluster as `kind` does it: the pods' network filled in, and the API server's
 * own address given to the daemon, so that it need not wait for kube-proxy. As one JSON list, which kubectl takes.
 */
export const fillManifest = (
  template: string,
  { podSubnets, endpoint }: { readonly podSubnets: readonly string[]; readonly endpoint: string },
): string => {
  const filled = template.replaceAll(/\{\{\s*\.PodSubnet\s*\}\}/g, podSubnets.join(','));
  const items = (loadAll(filled) as (Workload | null)[]).filter((item) => item !== null);
  const patched = template.includes('would you kindly patch this file');
  for (const { kind, spec } of items) {
    const container = spec?.template?.spec?.containers?.[0];
    if (!patched || kind !== 'DaemonSet' || container === undefined) continue;
    container.env = [...(container.env ?? []), { name: 'CONTROL_PLANE_ENDPOINT', value: endpoint }];
  }
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
};

/** What the manifest's network is called: its daemon. */
export const manifestName = (manifest: string): string | undefined =>
  (loadAll(manifest) as (Workload | null)[]).find((item) => item?.kind === 'DaemonSet')?.metadata?.name;
