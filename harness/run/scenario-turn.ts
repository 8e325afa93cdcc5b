import { NetclaimsError } from '../domain/error.js';
import { readableMs } from './clock.js';

/** The time in which a scenario runs: from its first world's beginning to its last one's end. */
export interface ScenarioTurn {
  /** Begins it with the first call. */
  begin(): void;
  /** Aborted, with the reason, when the scenario is out of time, or was not to begin at all. */
  readonly over: AbortSignal;
  end(): void;
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
  return {
    over: over.signal,
    begin: () => {
      if (begun) return;
      begun = true;
      onBegin();
      const reason = noMore();
      if (reason === undefined) timer = setTimeout(() => over.abort(outOfTime(timeoutMs)), timeoutMs);
      else over.abort(reason);
    },
    end: () => clearTimeout(timer),
  };
};

const outOfTime = (timeoutMs: number): NetclaimsError =>
  new NetclaimsError({
    code: 'run/timeout',
    what: `the scenario and its controls did not end within ${readableMs(timeoutMs)}`,
    remedy: 'give them more time with --timeout',
  });
