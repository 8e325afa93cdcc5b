import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { arch } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { runTool } from './run-tool.js';

/** The part of an OCI image configuration that says how the image runs: Entrypoint, Cmd, Env, ExposedPorts and so on. */
export type ImageConfig = Readonly<Record<string, unknown>>;

export interface ImageContent {
  /** The full name, as `normalizeReference` gives it. */
  readonly reference: string;
  readonly config: ImageConfig;
  readonly labels: Readonly<Record<string, string>>;
  /** A folder with the image's files. */
  readonly rootfs: string;
}

/** The annotation by which containerd knows the name of an image in an OCI archive. */
export const nameAnnotation = 'io.containerd.image.name';

const architectures: Readonly<Record<string, string>> = { x64: 'amd64', arm: 'arm', ia32: '386' };

/**
 * Writes an OCI archive with one image of one layer. The same content gives the same bytes. The layer is not compressed: it is
 * read once, from a local disk, where unpacking would cost more than reading.
 * @param scratch an empty folder to work in; what is left in it is of no use
 * @throws NetclaimsError `image/not-written`
 */
export const writeOciArchive = async (
  content: ImageContent,
  path: string,
  scratch: string,
  signal: AbortSignal,
): Promise<void> => {
  const layout = join(scratch, 'layout');
  const blobs = join(layout, 'blobs', 'sha256');
  await mkdir(blobs, { recursive: true });

  const layerFile = join(scratch, 'layer.tar');
  await tarFolder(content.rootfs, layerFile, signal);
  const layer = await fileDigest(layerFile);
  const layerSize = (await stat(layerFile)).size;
  await rename(layerFile, join(blobs, hexOf(layer)));

  const putJson = async (mediaType: string, value: unknown) => {
    const bytes = Buffer.from(JSON.stringify(value));
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    await writeFile(join(blobs, hexOf(digest)), bytes);
    return { mediaType, digest, size: bytes.length };
  };
  const config = await putJson('application/vnd.oci.image.config.v1+json', {
    created: '1970-01-01T00:00:00Z',
    architecture: architectures[arch()] ?? arch(),
    os: 'linux',
    config: { ...content.config, Labels: content.labels },
    rootfs: { type: 'layers', diff_ids: [layer] },
  });
  const manifest = await putJson('application/vnd.oci.image.manifest.v1+json', {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config,
    layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar', digest: layer, size: layerSize }],
  });
  await writeFile(join(layout, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  await writeFile(
    join(layout, 'index.json'),
    JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      manifests: [{ ...manifest, annotations: { [nameAnnotation]: content.reference } }],
    }),
  );
  await tarFolder(layout, path, signal);
  await rm(layout, { recursive: true });
};

/** Gives the only image of an OCI layout (a folder) its full name, and packs the layout into an archive. */
export const packNamedLayout = async (
  layout: string,
  reference: string,
  path: string,
  signal: AbortSignal,
): Promise<void> => {
  const indexFile = join(layout, 'index.json');
  const index = JSON.parse(await readFile(indexFile, 'utf8')) as {
    readonly manifests: readonly Readonly<Record<string, unknown>>[];
  };
  const manifests = index.manifests.map((manifest) => ({
    ...manifest,
    annotations: { [nameAnnotation]: reference },
  }));
  await writeFile(indexFile, JSON.stringify({ ...index, manifests }));
  await tarFolder(layout, path, signal);
};

/** `sha256:…` of a file's content. */
export const fileDigest = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return `sha256:${hash.digest('hex')}`;
};

/** Packs a folder's content so that neither who packs it nor when nor the order on disk shows. */
const tarFolder = (folder: string, path: string, signal: AbortSignal): Promise<string> =>
  runTool(
    [
      'tar',
      '--create',
      '--format=gnu',
      '--sort=name',
      '--mtime=@0',
      '--owner=0',
      '--group=0',
      '--numeric-owner',
      `--file=${path}`,
      `--directory=${folder}`,
      '.',
    ],
    {
      code: 'image/not-written',
      what: 'an image archive could not be written',
      remedy: 'see that GNU tar is installed and that the disk of the cache has room',
    },
    { timeoutMs: 300_000 },
    signal,
  );

const hexOf = (digest: string): string => digest.replace('sha256:', '');
