const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** The pattern of a duration, as Go and Kubernetes write them: `30s`, `2m`, `1m30s`, `500ms`. */
export const durationPattern = '^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$';

/** Milliseconds of a duration, or undefined when the text is none. */
export const parseDuration = (text: string): number | undefined => {
  if (!new RegExp(durationPattern).test(text)) return undefined;
  return [...text.matchAll(/([0-9.]+)(ms|s|m|h)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (unitMs[unit ?? ''] ?? Number.NaN),
    0,
  );
};

/** The longest time that anything is given. Timers take 24 days, and one that is set to more fires at once. */
export const longestDurationMs = 24 * 3_600_000;

/** Milliseconds of a duration that something can be given; undefined for other texts, for 0, and for more than 24 hours. */
export const parseTimeout = (text: string): number | undefined => {
  const ms = parseDuration(text);
  return ms !== undefined && ms >= 1 && ms <= longestDurationMs ? ms : undefined;
};

/** A duration as a person reads it: `250 ms`, `1.5 s`. */
export const readableMs = (ms: number): string =>
  ms < 1_000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 100) / 10} s`;
