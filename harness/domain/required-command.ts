/** A command that some part of netclaims runs, on this machine or on nodes. */
export interface RequiredCommand {
  readonly command: string;
  /** The Debian and Ubuntu package that has it. */
  readonly package: string;
  /** What does not work without it, in a few words. */
  readonly purpose: string;
}
