import { NetclaimsError } from '../../../domain/error.js';

export interface KubernetesVersion {
  readonly text: string;
  readonly minor: number;
}

/** The oldest that node images were tried with. */
const oldestMinor = 20;

/**
 * The Kubernetes version of a node image, from what is in its /kind/version.
 * @throws NetclaimsError `cluster/version` for one that is not supported, or no version at all
 */
export const kubernetesVersion = (content: string, image: string): KubernetesVersion => {
  const text = content.trim();
  const [, major, minor] = /^v([0-9]+)\.([0-9]+)\.[0-9]+/.exec(text) ?? [];
  if (major === undefined || minor === undefined) {
    throw new NetclaimsError({
      code: 'cluster/version',
      what: `${image} is no node image: its /kind/version holds no version`,
      evidence: [text === '' ? 'the file is missing or empty' : text.slice(0, 200)],
      remedy: 'give --node-image an image such as kindest/node, or make one with `make node-image`',
    });
  }
  if (major !== '1' || Number(minor) < oldestMinor) {
    throw new NetclaimsError({
      code: 'cluster/version',
      what: `${image} has Kubernetes ${text}, which is not supported`,
      remedy: `give --node-image one with Kubernetes 1.${oldestMinor} or newer`,
    });
  }
  return { text, minor: Number(minor) };
};

export type KubeadmApi = 'kubeadm.k8s.io/v1beta2' | 'kubeadm.k8s.io/v1beta3' | 'kubeadm.k8s.io/v1beta4';

/** The API version of kubeadm's configuration that kind gives each Kubernetes version. */
export const kubeadmApi = ({ minor }: KubernetesVersion): KubeadmApi => {
  if (minor < 23) return 'kubeadm.k8s.io/v1beta2';
  return minor < 36 ? 'kubeadm.k8s.io/v1beta3' : 'kubeadm.k8s.io/v1beta4';
};
