/** What a cluster can do, as far as that could be found out. */
export interface Capabilities {
  readonly has: readonly string[];
  /** Those that could not be tested, and why. They are neither there nor absent. */
  readonly untested: ReadonlyMap<string, string>;
}
