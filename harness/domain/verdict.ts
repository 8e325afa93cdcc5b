/** From design.md: a scenario's and an expectation's result. */
export const verdicts = ['holds', 'refuted', 'vacuous', 'unknown', 'not-applicable'] as const;
export type Verdict = (typeof verdicts)[number];

/** The worst of several: what was seen to be wrong outranks what could not be seen. */
export const worstVerdict = (all: readonly Verdict[]): Verdict => {
  const order: readonly Verdict[] = ['refuted', 'vacuous', 'unknown', 'holds', 'not-applicable'];
  return order.find((verdict) => all.includes(verdict)) ?? 'not-applicable';
};
