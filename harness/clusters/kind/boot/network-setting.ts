import { NetclaimsError } from '../../../domain/error.js';
import type { CniChoice } from '../network/cni-choice.js';
import { manifestName } from '../network/image-manifest.js';
import type { NodeImage } from './node-image.js';
import type { NodeChoice } from './set-network.js';

/** How the choice is carried out on this image. */
export interface NetworkSetting {
  readonly name: string;
  readonly manifest: string | undefined;
  readonly onNodes: NodeChoice | undefined;
}

/** @throws NetclaimsError `cluster/no-default-cni` */
export const networkSetting = (cni: CniChoice, found: NodeImage, image: string): NetworkSetting => {
  switch (cni.kind) {
    case 'reference':
    case 'conflist':
      return { name: cni.name, manifest: undefined, onNodes: cni };
    case 'manifest':
      return { name: cni.name, manifest: cni.content, onNodes: undefined };
    case 'image':
      if (found.cniManifest !== '') {
        const name = manifestName(found.cniManifest) ?? 'default';
        return { name, manifest: found.cniManifest, onNodes: undefined };
      }
      if (cni.asked) {
        throw new NetclaimsError({
          code: 'cluster/no-default-cni',
          what: `${image} brings no CNI: it has no /kind/manifests/default-cni.yaml`,
          remedy: 'use --cni ptp, which is what kindnet does, or a CNI of your choice with --cni FILE.yaml',
        });
      }
      return {
        name: 'ptp',
        manifest: undefined,
        onNodes: { kind: 'reference', name: 'ptp', plugins: ['ptp', 'host-local', 'portmap'] },
      };
  }
};
