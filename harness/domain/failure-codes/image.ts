import type { FailureRows } from './rows.js';

/** Container images. */
export const imageCodes = {
  'image/bad-reference': {
    meaning: 'A text is not the name of an image.',
    remedy: 'write it as [REGISTRY/]NAME[:TAG] or [REGISTRY/]NAME@sha256:DIGEST',
  },
  'image/no-client': {
    meaning: 'Fetching an image needs skopeo.',
    remedy: 'install skopeo, or load the image with `--load FILE.tar`',
  },
  'image/no-lock': {
    meaning: 'The image cache could not be locked.',
    remedy: 'check that the folder of the cache is writable and that `flock` (util-linux) is installed',
  },
  'image/no-node-image': {
    meaning: 'The node image is not present and cannot be fetched.',
    remedy: 'make one with `make node-image`, or load one with `docker load`',
  },
  'image/no-packages': {
    meaning: "The packages of the built-in images could not be fetched from Debian's archive.",
    remedy: 'check that `apt-get update` works, or load images with `--load`',
  },
  'image/not-built': {
    meaning: 'A built-in image could not be built.',
    remedy: 'run its recipe by hand',
  },
  'image/not-imported': {
    meaning: 'An image archive could not be unpacked.',
    remedy: "check that the archive is complete and made for this machine's architecture",
  },
  'image/not-present': {
    meaning: 'An image is not on the node, and its imagePullPolicy forbids fetching it.',
    remedy: 'load it with `--load FILE.tar`, or use IfNotPresent',
  },
  'image/not-pulled': {
    meaning: 'An image could not be fetched from its registry.',
    remedy: 'check that the image exists and that its registry can be reached',
  },
  'image/not-written': {
    meaning: 'An image archive could not be written.',
    remedy: 'check that GNU tar is installed and that the disk of the cache has room',
  },
} as const satisfies FailureRows;
