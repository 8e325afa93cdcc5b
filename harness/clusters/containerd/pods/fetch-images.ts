import { NetclaimsError } from '../../../domain/error.js';
import { blames } from '../../../domain/failure.js';
import { allDone } from '../../../domain/all-done.js';
import { placeOf, type PodManifest } from './pod-manifest.js';

/** Where a node's images come from. */
export interface ImageSource {
  /**
   * Makes sure that the node has an image.
   * @param pullPolicy as the manifest says; undefined when it does not
   * @returns the name by which the runtime knows it
   */
  ensure(reference: string, pullPolicy: string | undefined, signal: AbortSignal): Promise<string>;
}

/** The names of the images of all containers of a pod, by container. @throws NetclaimsError `pod/image` */
export const fetchImages = async (
  pod: PodManifest,
  images: ImageSource,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> =>
  new Map(
    await allDone(
      [...pod.initContainers, ...pod.containers].map(async ({ name, image = '', imagePullPolicy }) => {
        try {
          return [name, await images.ensure(image, imagePullPolicy, signal)] as const;
        } catch (cause) {
          if (!(cause instanceof NetclaimsError) || blames(cause, 'cluster')) throw cause;
          throw new NetclaimsError({
            code: 'pod/image',
            what: `${placeOf(pod, name)} pod ${pod.name}, container ${name}: ${cause.message}`,
            evidence: [`imagePullPolicy: ${imagePullPolicy ?? 'not given'}`, ...cause.evidence],
            remedy: cause.remedy,
            cause,
          });
        }
      }),
    ),
  );
