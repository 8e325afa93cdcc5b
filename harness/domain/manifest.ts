/** A place in a file; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Steps from the root of a document to a value: keys and indexes. */
export type DocumentPath = readonly (string | number)[];

/** One Kubernetes object as it was written, with where each of its parts stands. */
export interface Manifest {
  readonly file: string;
  readonly kind: string;
  readonly name: string;
  readonly object: Readonly<Record<string, unknown>>;
  /** Where a value stands, or the nearest of its parents that was written; with `key`, where its key stands. */
  position(path: DocumentPath, part?: 'key' | 'value'): Position;
}

/** An object that netclaims makes for itself. */
export const ownManifest = (
  apiVersion: string,
  kind: string,
  metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> },
  spec: object,
): Manifest => ({
  file: 'netclaims',
  kind,
  name: metadata.name,
  object: { apiVersion, kind, metadata, spec },
  position: () => ({ line: 1, column: 1 }),
});
