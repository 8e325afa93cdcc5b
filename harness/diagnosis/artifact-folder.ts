import { access, constants, mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Artifact, ArtifactStore, Diagnosis } from '../domain/artifact.js';
import { describeError, NetclaimsError } from '../domain/error.js';
import type { Redact } from '../domain/redact.js';
import { writtenOut } from '../domain/unseen.js';

/** In bytes: of one file, and of a run. */
export interface ArtifactLimits {
  readonly file: number;
  readonly all: number;
}

const usualLimits: ArtifactLimits = { file: 256 * 1024, all: 64 * 1024 * 1024 };

/** More folders of one name than this are left by runs that nobody looks at. */
const mostOfOneName = 1_000;

/**
 * A folder for the artifacts of a run, each world's in a folder of its own that is made for it: nothing that is there is written over. What is made
 * is only its owner's to read, and is made with the first artifact.
 * @param named as it was given; reports call it that
 * @throws NetclaimsError `usage/artifacts` when it cannot be one
 */
export const artifactFolder = async (
  named: string,
  from: string,
  limits: ArtifactLimits = usualLimits,
): Promise<ArtifactStore> => {
  const root = resolve(from, named);
  await checkFolder(root, named);
  let room = limits.all;
  return {
    async save(world, artifacts, redact) {
      const notes: string[] = [];
      const files: string[] = [];
      let folder = '';
      try {
        await mkdir(root, { recursive: true, mode: 0o700 });
        folder = await newFolder(root, folderName(world));
        for (const artifact of artifacts) {
          const name = freeName(artifact, files);
          const { bytes, note } = fitting(artifact, redact, Math.min(limits.file, room));
          if (note !== '') notes.push(`${name}: ${note}`);
          if (bytes === undefined) continue;
          room -= bytes.length;
          await writeFile(join(root, folder, name), bytes, { flag: 'wx', mode: 0o600 });
          files.push(name);
        }
      } catch (error) {
        notes.push(`not all could be saved: ${describeError(error)}`);
      }
      return {
        folder: folder === '' ? '' : join(named, folder),
        files: files.toSorted(),
        notes,
      } satisfies Diagnosis;
    },
  };
};

const checkFolder = async (root: string, named: string): Promise<void> => {
  const refused = (evidence: string, remedy: string, cause?: unknown) =>
    new NetclaimsError({
      code: 'usage/artifacts',
      what: `artifacts cannot be saved in ${named}`,
      evidence: [evidence],
      remedy,
      cause,
    });
  const here = await stat(root).catch(() => undefined);
  if (here !== undefined && !here.isDirectory()) throw refused(`${root} is no folder`, 'name a folder');
  const place = here === undefined ? dirname(root) : root;
  await access(place, constants.W_OK).catch((cause: unknown) => {
    throw refused(
      describeError(cause),
      here === undefined ? `make ${place}, or name another folder` : 'name a folder that you may write to',
      cause,
    );
  });
};

/** A folder that was not there before: what an earlier run left stays as it is. */
const newFolder = async (root: string, name: string): Promise<string> => {
  for (let number = 1; number <= mostOfOneName; number += 1) {
    const folder = number === 1 ? name : `${name}-${number}`;
    try {
      // A link or a file of that name is as much in the way as a folder.
      await mkdir(join(root, folder), { mode: 0o700 });
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  throw new Error(`there are ${mostOfOneName} folders ${name} in it already`);
};

const folderName = ({ scenario, control }: Parameters<ArtifactStore['save']>[0]): string =>
  safeName(control === null ? scenario : `${scenario}.${control}`);

const longestName = 100;

/** A name that is a file's on any system, whatever it is made from. */
export const safeName = (text: string): string =>
  text
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replaceAll(/\.{2,}/g, '.')
    .replace(/^[.-]+/, '')
    .slice(0, longestName)
    .replace(/[.-]+$/, '') || 'unnamed';

/** Its name with an extension, and a number where there is one of that name. */
const freeName = ({ name, content }: Artifact, taken: readonly string[]): string => {
  const [, base = '', extension = typeof content === 'string' ? '.txt' : ''] =
    /^(.+?)(\.(?:log|json|pcap|txt))?$/s.exec(name) ?? [];
  for (let number = 1; ; number += 1) {
    const candidate = `${safeName(base)}${number === 1 ? '' : `-${number}`}${extension}`;
    // Some file systems do not tell capitals from others.
    if (!taken.some((one) => one.toLowerCase() === candidate.toLowerCase())) return candidate;
  }
};

interface Fitted {
  /** undefined when there is no room for it. */
  readonly bytes: Uint8Array | undefined;
  /** What is missing; empty when nothing is. */
  readonly note: string;
}

const fitting = ({ content, keep }: Artifact, redact: Redact, most: number): Fitted => {
  // Before it is cut: half a secret is not recognised.
  const bytes = typeof content === 'string' ? Buffer.from(writtenOut(redact(content), '\n\t')) : content;
  if (bytes.length <= most) return { bytes, note: '' };
  if (typeof content !== 'string' || most < leastUseful)
    return {
      bytes: undefined,
      note: `not saved: of its ${bytes.length} bytes there was room for ${Math.max(0, most)}`,
    };
  const room = most - leastUseful / 4;
  const kept = keep === 'end' ? bytes.subarray(-room) : bytes.subarray(0, room);
  // At a line's end, so that no line is taken for a whole one.
  const cut =
    keep === 'end' ? kept.subarray(kept.indexOf(0x0a) + 1) : kept.subarray(0, kept.lastIndexOf(0x0a) + 1);
  const note = `${keep === 'end' ? 'the first' : 'the last'} ${bytes.length - cut.length} of ${bytes.length} bytes were cut`;
  const line = Buffer.from(`[netclaims: ${note}]\n`);
  return { bytes: Buffer.concat(keep === 'end' ? [line, cut] : [cut, line]), note };
};

const leastUseful = 1_024;
