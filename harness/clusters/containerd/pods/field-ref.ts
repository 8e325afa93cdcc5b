/** What a container can be told of its own pod by `valueFrom.fieldRef`. */
export interface PodFields {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly nodeName: string;
  readonly hostIps: readonly string[];
  readonly podIps: readonly string[];
}

const readers: Readonly<Record<string, (fields: PodFields) => string>> = {
  'metadata.name': ({ name }) => name,
  'metadata.namespace': ({ namespace }) => namespace,
  'metadata.uid': ({ uid }) => uid,
  'spec.nodeName': ({ nodeName }) => nodeName,
  'spec.serviceAccountName': () => 'default',
  'status.hostIP': ({ hostIps }) => hostIps[0] ?? '',
  'status.hostIPs': ({ hostIps }) => hostIps.join(','),
  'status.podIP': ({ podIps }) => podIps[0] ?? '',
  'status.podIPs': ({ podIps }) => podIps.join(','),
};

const keyed = /^metadata\.(labels|annotations)\['([^']+)'\]$/;

/** Matches every field path that `readFieldRef` knows. */
export const allFieldRefs = new RegExp(
  `^(?:${Object.keys(readers)
    .map((path) => path.replace('.', '\\.'))
    .join('|')})$|${keyed.source}`,
);

/** The value of a field path; a label or annotation that the pod does not have is empty, as the kubelet has it. */
export const readFieldRef = (path: string, fields: PodFields): string => {
  const [, map, key] = keyed.exec(path) ?? [];
  if ((map === 'labels' || map === 'annotations') && key !== undefined) return fields[map][key] ?? '';
  return readers[path]?.(fields) ?? '';
};
