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

/** A ground that is lost with any of these. */
export const jointGround = (...grounds: readonly Ground[]): Ground => ({
  lost: AbortSignal.any(grounds.map(({ lost }) => lost)),
  async check(signal) {
    for (const ground of grounds) await ground.check(signal);
  },
});

/** A ground that somebody who watches it gives up with `lose`. */
export const losableGround = (): { readonly ground: Ground; readonly lose: (reason: Error) => void } => {
  const lost = new AbortController();
  const check = () => Promise.resolve().then(() => lost.signal.throwIfAborted());
  return { ground: { lost: lost.signal, check }, lose: (reason) => lost.abort(reason) };
};
