/**
 * What a cluster, or one world on it, stands on: the processes, connections and containers that the harness started or holds.
 */
export interface Ground {
  /** Aborted when one of them has ended or does not answer. The reason is a NetclaimsError that names it, with its last output. */
  readonly lost: AbortSignal;
  /**
   * Looks at each of them once, as a death precedes its notice.
   * @throws the reason of `lost`
   */
  check(signal: AbortSignal): Promise<void>;
}

/** A ground of nothing that could be lost. */
export const firmGround: Ground = {
  lost: new AbortController().signal,
  check: () => Promise.resolve(),
};
