import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { NetclaimsError } from '../../domain/error.js';
import { runCommand } from '../command.js';
import type { ImageArchive } from './image-archive.js';
import { fileDigest, nameAnnotation } from './oci-archive.js';
import { normalizeReference } from './reference.js';

/**
 * Reads which images an archive file holds: OCI (index.json) or Docker format (manifest.json), compressed or not.
 * @throws NetclaimsError `image/no-archive` (no such file, no tar archive, no image in it) or `image/no-name`
 */
export const readArchive = async (
  archive: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<ImageArchive> => {
  const path = resolve(archive);
  const file = await stat(path).catch((cause: unknown) => {
    throw noArchive(path, 'cannot be read', [cause instanceof Error ? cause.message : String(cause)], cause);
  });
  if (!file.isFile()) throw noArchive(path, 'is no file', []);

  const listed = await runCommand(['tar', '--list', `--file=${path}`], { timeoutMs: 120_000 }, signal);
  if (listed.exitCode !== 0) {
    throw noArchive(path, 'is no tar archive', listed.stderr.trim().split('\n').slice(0, 2));
  }
  const entries = new Set(listed.stdout.split('\n'));
  // Docker writes both; where it knows no tag, the OCI part may still have a name.
  const members = ['manifest.json', './manifest.json', 'index.json', './index.json'].filter((name) =>
    entries.has(name),
  );
  if (members.length === 0) {
    throw noArchive(path, 'holds no image', ['it has neither index.json (OCI) nor manifest.json (Docker)']);
  }

  const named = await Promise.all(
    members.map(async (member) => {
      const argv = ['tar', '--extract', '--to-stdout', `--file=${path}`, member];
      const { stdout } = await runCommand(argv, { timeoutMs: 120_000 }, signal);
      return namesIn(path, member, stdout);
    }),
  );
  const names = named.find((some) => some.length > 0);
  if (names === undefined) {
    throw new NetclaimsError({
      code: 'image/no-name',
      what: `${path} does not say what its image is called`,
      evidence: [`${members.join(' and ')} name none`],
      remedy:
        'save it by name: `docker save --output FILE NAME:TAG`, or `skopeo copy … docker-archive:FILE:NAME:TAG`',
    });
  }
  return { references: [...new Set(names.map(normalizeReference))], path, digest: await fileDigest(path) };
};

interface DockerManifest {
  readonly RepoTags?: readonly string[] | null;
}

interface OciIndex {
  readonly manifests?: readonly { readonly annotations?: Readonly<Record<string, string>> }[];
}

/** A Docker archive has `RepoTags`. In an OCI one the annotation's name is in full; `ref.name` may be a bare tag, which names nothing. */
const namesIn = (path: string, member: string, text: string): readonly string[] => {
  const content = parseJson(path, member, text);
  if (Array.isArray(content)) {
    return (content as readonly DockerManifest[]).flatMap((image) => image.RepoTags ?? []);
  }
  return ((content as OciIndex | null)?.manifests ?? []).flatMap(({ annotations = {} }) => {
    const refName = annotations['org.opencontainers.image.ref.name'];
    const name =
      annotations[nameAnnotation] ?? (refName !== undefined && /[/:@]/.test(refName) ? refName : undefined);
    return name === undefined ? [] : [name];
  });
};

const parseJson = (path: string, member: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw noArchive(path, 'is damaged', [`${member} is no JSON: ${String(cause)}`], cause);
  }
};

const noArchive = (path: string, what: string, evidence: readonly string[], cause?: unknown) =>
  new NetclaimsError({
    code: 'image/no-archive',
    what: `${path} ${what}`,
    evidence,
    remedy: 'name an image archive, as `docker save` or `skopeo copy` write them',
    cause,
  });
