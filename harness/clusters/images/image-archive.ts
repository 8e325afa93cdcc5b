/** A file that holds one image or several, ready to be imported by a container runtime. */
export interface ImageArchive {
  /** Full names with their tag or digest, e.g. `docker.io/library/nginx:latest`. */
  readonly references: readonly string[];
  /** An absolute path. */
  readonly path: string;
  /** `sha256:…` of the file's content: archives of the same digest need importing only once. */
  readonly digest: string;
}
