import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { NetclaimsError } from '../../domain/error.js';
import { runCommand } from '../command.js';
import type { ImageArchive } from './image-archive.js';
import { fileDigest, nameAnnotation } from './oci-archive.js';
import { normalizeReference } from './reference.js';

/**
 * Reads which images an archive file holds: OCI (index.json) or Docker format (manifest.json), compressed or not.
 * @throws NetclaimsError `usage/no-archive` (no such file, no tar archive, no image in it) or `usage/no-image-name`
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
      code: 'usage/no-image-name',
      what: `${path} does not say what its image is called`,
      evidence: [`${members.join(' and ')} name none`],
      remedy:
        'save it by name: `docker save --output FILE NAME:TAG`, or `skopeo copy … docker-archive:FILE:NAME:TAG`',
    });
  }
  return { references: [...new Set(names.map(normalizeReference))], path, digest: await fileDigest(path) };
};

/** A Docker archive has `RepoTags`. In an OCI one the annotation's name is in full; `ref.name` may be a bare tag, which names nothing. */
const namesIn = (path: string, member: string, text: string): readonly string[] => {
  const content = parseJson(path, member, text);
  const damaged = (why: string) => noArchive(path, 'is damaged', [`${member}: ${why}`]);
  const objectsIn = (value: unknown, what: string): readonly JsonObject[] => {
    if (!Array.isArray(value) || !value.every(isObject)) throw damaged(`${what} must be a list of objects`);
    return value;
  };
  if (Array.isArray(content)) {
    return objectsIn(content, 'it').flatMap(({ RepoTags: tags }): readonly string[] => {
      // Docker writes null for an image without a name.
      if (tags === undefined || tags === null) return [];
      if (!isTexts(tags)) throw damaged('`RepoTags` must be a list of names');
      return tags;
    });
  }
  if (!isObject(content)) throw damaged('it must be an object');
  return objectsIn(content.manifests, '`manifests`').flatMap(({ annotations }) => {
    const named = isObject(annotations) ? annotations : {};
    const refName = named['org.opencontainers.image.ref.name'];
    const name =
      named[nameAnnotation] ?? (typeof refName === 'string' && /[/:@]/.test(refName) ? refName : undefined);
    return typeof name === 'string' ? [name] : [];
  });
};

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

const parseJson = (path: string, member: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw noArchive(path, 'is damaged', [`${member} is no JSON: ${String(cause)}`], cause);
  }
};

const noArchive = (path: string, what: string, evidence: readonly string[], cause?: unknown) =>
  new NetclaimsError({
    code: 'usage/no-archive',
    what: `${path} ${what}`,
    evidence,
    remedy: 'name an image archive, as `docker save` or `skopeo copy` write them',
    cause,
  });
