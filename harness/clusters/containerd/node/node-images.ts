import { NetclaimsError } from '../../../domain/error.js';
import type { ImageArchive } from '../../images/image-archive.js';
import { normalizeReference } from '../../images/reference.js';

/** The images of a node, for whoever runs containers on it. */
export interface NodeImages {
  /**
   * Makes sure that an image is on the node. One that is built in or was loaded is never looked for in a registry, whatever the
   * policy: on a machine without one, that is the image that is meant.
   * @returns the name by which the CRI knows it
   * @throws NetclaimsError `image/…`
   */
  ensure(reference: string, pullPolicy: string | undefined, signal: AbortSignal): Promise<string>;
}

export interface ImageSources {
  /** What the node's store holds. */
  readonly present: readonly ImageArchive[];
  readonly pull: (reference: string, signal: AbortSignal) => Promise<ImageArchive>;
  readonly importArchive: (path: string, signal: AbortSignal) => Promise<void>;
}

/** The images that are on a node from the start, and a registry for the rest. */
export const nodeImages = (sources: ImageSources): NodeImages => {
  const present = new Set(sources.present.flatMap((archive) => archive.references));
  const underWay = new Map<string, Promise<void>>();

  const fetch = async (name: string, signal: AbortSignal) => {
    const archive = await sources.pull(name, signal);
    await sources.importArchive(archive.path, signal);
    present.add(name);
  };

  return {
    async ensure(reference, pullPolicy, signal) {
      const name = normalizeReference(reference);
      if (present.has(name)) return name;
      if (pullPolicy === 'Never') {
        throw new NetclaimsError({
          code: 'image/not-present',
          what: `${name} is not on the node, and imagePullPolicy Never forbids to fetch it`,
          evidence: [`on the node: ${[...present].sort().join(', ')}`],
          remedy: 'load it with --load FILE.tar, or let the policy be IfNotPresent',
        });
      }
      // Pods of one apply often want the same image.
      const fetching = underWay.get(name) ?? fetch(name, signal);
      underWay.set(name, fetching);
      await fetching.finally(() => underWay.delete(name));
      return name;
    },
  };
};
