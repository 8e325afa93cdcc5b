import { NetclaimsError } from '../../../domain/error.js';
import { normalizeReference } from '../../images/reference.js';
import type { ImageArchive } from '../../images/image-archive.js';

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
  /** Whether the node has an image of that full name. */
  readonly has: (name: string, signal: AbortSignal) => Promise<boolean>;
  readonly pull: (name: string, signal: AbortSignal) => Promise<ImageArchive>;
  readonly load: (archive: ImageArchive, signal: AbortSignal) => Promise<void>;
}

/** The images that are on a node from the start, and a registry for the rest. */
export const nodeImages = ({ has, pull, load }: ImageSources): NodeImages => {
  // Pods of one apply often want the same image.
  const ensured = new Map<string, Promise<void>>();

  const fetch = async (name: string, pullPolicy: string | undefined, signal: AbortSignal) => {
    if (await has(name, signal)) return;
    if (pullPolicy === 'Never') {
      throw new NetclaimsError({
        code: 'image/not-present',
        what: `${name} is not on the node, and imagePullPolicy Never forbids to fetch it`,
        remedy: 'load it with --load FILE.tar, or let the policy be IfNotPresent',
      });
    }
    await load(await pull(name, signal), signal);
  };

  return {
    async ensure(reference, pullPolicy, signal) {
      const name = normalizeReference(reference);
      const ensuring = ensured.get(name) ?? fetch(name, pullPolicy, signal);
      ensured.set(name, ensuring);
      try {
        await ensuring;
      } catch (error) {
        ensured.delete(name);
        throw error;
      }
      return name;
    },
  };
};
