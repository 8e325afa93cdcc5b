import type { ExpectationReport, Report } from '../harness/domain/report.js';
import type { Verdict } from '../harness/domain/verdict.js';
import type { Fault } from './fault.js';

/** What became of a claim that a fault names. */
export interface NamedClaim {
  /** `SCENARIO/EXPECTATION`. */
  readonly claim: string;
  readonly verdict: Verdict;
  readonly because: string;
  /** Refuted, and its `because` names the cause. */
  readonly caught: boolean;
}

/** What the catalogue made of a fault. */
export interface FaultVerdict {
  readonly fault: string;
  /** All claims that it names caught it. */
  readonly caught: boolean;
  readonly named: readonly NamedClaim[];
  /** Further claims that it refuted, of those that were run. */
  readonly also: readonly string[];
  readonly durationMs: number;
}

/** Judges a run on a cluster with the fault's plugin. */
export const faultVerdict = ({ name, caughtBy }: Fault, { scenarios, durationMs }: Report): FaultVerdict => {
  const claims = new Map<string, ExpectationReport>(
    scenarios.flatMap((scenario) =>
      scenario.expectations.map(
        (expectation) => [`${scenario.name}/${expectation.id}`, expectation] as const,
      ),
    ),
  );
  const named = Object.entries(caughtBy).map(([claim, cause]) => namedClaim(claim, cause, claims.get(claim)));
  return {
    fault: name,
    caught: named.every(({ caught }) => caught),
    named,
    also: [...claims]
      .filter(([claim, { verdict }]) => verdict === 'refuted' && !Object.hasOwn(caughtBy, claim))
      .map(([claim]) => claim),
    durationMs,
  };
};

const namedClaim = (claim: string, cause: string, found: ExpectationReport | undefined): NamedClaim => {
  const { verdict, because }: Pick<ExpectationReport, 'verdict' | 'because'> = found ?? {
    verdict: 'unknown',
    because: 'there is no such claim',
  };
  return { claim, verdict, because, caught: verdict === 'refuted' && because.includes(cause) };
};

/** The claims of a run without a fault that do not hold: false alarms. */
export const falseAlarms = ({ scenarios }: Report): readonly Omit<NamedClaim, 'caught'>[] =>
  scenarios.flatMap(({ name, expectations }) =>
    expectations
      .filter(({ verdict }) => verdict !== 'holds' && verdict !== 'not-applicable')
      .map(({ id, verdict, because }) => ({ claim: `${name}/${id}`, verdict, because })),
  );

/** Per cent of the faults that were caught, rounded down: 100 means all of them. */
export const mutationScore = (verdicts: readonly Pick<FaultVerdict, 'caught'>[]): number =>
  verdicts.length === 0
    ? 0
    : Math.floor((100 * verdicts.filter(({ caught }) => caught).length) / verdicts.length);
