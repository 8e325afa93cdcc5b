import type { NamespaceOptions } from '../cri/cri-types.js';
import type { PodManifest } from './pod-manifest.js';

/** Which namespaces a pod's containers share: a PID namespace only when they ask for it. */
export const namespaceOptions = ({ spec }: PodManifest): NamespaceOptions => ({
  network: spec.hostNetwork === true ? 'NODE' : 'POD',
  pid: spec.hostPID === true ? 'NODE' : spec.shareProcessNamespace === true ? 'POD' : 'CONTAINER',
  ipc: spec.hostIPC === true ? 'NODE' : 'POD',
});
