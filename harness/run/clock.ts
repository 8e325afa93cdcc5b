/** Where the loop takes the time from; handed in, so that a report can be made the same twice. */
export interface Clock {
  /** Whole milliseconds since 1970; must never go back. */
  now(): number;
}

/** The machine's clock, as it was when the process began and steady from then on: setting the clock moves no deadline. */
export const steadyClock: Clock = { now: () => Math.round(performance.timeOrigin + performance.now()) };

/** ISO 8601, as reports have it. */
export const isoTime = (ms: number): string => new Date(ms).toISOString();
