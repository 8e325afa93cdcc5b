import type { Redact } from './redact.js';

/** Something that tells why a world did not go as it had to, to be saved as a file. */
export interface Artifact {
  /** Of the file, as far as it can be one. */
  readonly name: string;
  /** Bytes only where they have no secrets in them. */
  readonly content: string | Uint8Array;
  /** Which part of a text that is too long says most: a state is read from its beginning, a log from its end. */
  readonly keep: 'beginning' | 'end';
}

/** Where the artifacts of one world went, as reports tell. */
export interface Diagnosis {
  /** As `--artifacts` named it, with the world's own folder in it; empty when nothing could be saved. */
  readonly folder: string;
  /** The names of the files in it, sorted. */
  readonly files: readonly string[];
  /** What could not be found out, and what was cut. */
  readonly notes: readonly string[];
}

/** Where artifacts are saved, and how much of them. */
export interface ArtifactStore {
  /** Saves the artifacts of one world in a folder of their own. Never throws: what could not be saved is among the notes. */
  save(
    world: { readonly scenario: string; readonly control: string | null },
    artifacts: readonly Artifact[],
    redact: Redact,
  ): Promise<Diagnosis>;
}
