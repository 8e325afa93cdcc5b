import type { NetclaimsError } from '../domain/error.js';
import { notEndedInTime } from '../domain/not-in-time.js';

/** The time in which a scenario runs: that of its worlds, without what they wait for places. */
export interface ScenarioTurn {
  /** Begins it with the first call. */
  begin(): void;
  /** Does the work of a world. The time goes on as long as any world of the scenario is at work. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /** Aborted, with the reason, when the scenario is out of time, or was not to begin at all. */
  readonly over: AbortSignal;
}

/** A turn that is over after `timeoutMs`, or at once when `noMore` has a reason by the time it would begin. */
export const takeTurn = (
  timeoutMs: number,
  noMore: () => NetclaimsError | undefined,
  onBegin: () => void,
): ScenarioTurn => {
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let begun = false;
  let atWork = 0;
  let leftMs = timeoutMs;
  let since = 0;
  const goOn = () => {
    atWork += 1;
    if (atWork > 1) return;
    since = performance.now();
    timer = setTimeout(() => over.abort(outOfTime(timeoutMs)), leftMs);
  };
  const pause = () => {
    atWork -= 1;
    if (atWork > 0) return;
    clearTimeout(timer);
    leftMs = Math.max(0, leftMs - (performance.now() - since));
  };
  return {
    over: over.signal,
    begin: () => {
      if (begun) return;
      begun = true;
      onBegin();
      const reason = noMore();
      if (reason !== undefined) over.abort(reason);
    },
    during: async (work) => {
      goOn();
      try {
        return await work();
      } finally {
        pause();
      }
    },
  };
};

const outOfTime = (timeoutMs: number): NetclaimsError =>
  notEndedInTime('run/timeout', 'the scenario with its controls', timeoutMs);
