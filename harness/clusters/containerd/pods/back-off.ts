/** A kubelet's delays between restarts of a container: none before the first, then 10 s, doubling up to 5 min. */
const firstDelayMs = 10_000;
const longestDelayMs = 300_000;
/** A container that ran longer than this after its last restart begins anew. */
const forgottenAfterMs = 2 * longestDelayMs;

/** What is remembered of a container's last restart; undefined for one that has had none. */
export interface BackOff {
  readonly delayMs: number;
  /** When it was restarted. */
  readonly atMs: number;
}

/** When a container that ended at `endedMs` may be started again. */
export const restartDueMs = (backOff: BackOff | undefined, endedMs: number): number =>
  backOff === undefined || isForgotten(backOff, endedMs) ? endedMs : endedMs + backOff.delayMs;

/** What to remember of a restart at `nowMs`. */
export const afterRestart = (backOff: BackOff | undefined, nowMs: number): BackOff => ({
  delayMs:
    backOff === undefined || isForgotten(backOff, nowMs)
      ? firstDelayMs
      : Math.min(backOff.delayMs * 2, longestDelayMs),
  atMs: nowMs,
});

const isForgotten = ({ atMs }: BackOff, nowMs: number): boolean => nowMs - atMs > forgottenAfterMs;
