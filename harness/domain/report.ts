import type { BaselineDifference } from './baseline.js';
import type { Failure } from './failure.js';
import type { Facts } from './fact-types.js';
import type { SubExpressionValue, WorldReport } from './world-report.js';
import type { ClaimSource } from './scenario.js';
import type { Verdict } from './verdict.js';

/** The JSON report of design.md; every other format is rendered from it. */
export interface Report {
  readonly apiVersion: 'netclaims.dev/v1';
  readonly kind: 'Report';
  readonly tool: { readonly version: string };
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly cluster: ReportCluster;
  readonly totals: Totals;
  /** In the order of the files and of the lines in them. */
  readonly scenarios: readonly ScenarioReport[];
  /** What went wrong beside the worlds, such as removing the cluster; only where there is any. The exit code is 2 at least. */
  readonly failures?: readonly Failure[];
  /** Parts of nodes that could not be compared before and after worlds, with the reason; only where there are any. */
  readonly notCompared?: readonly string[];
  /** Only where the run was compared with a baseline. */
  readonly baseline?: ReportBaseline;
}

export interface ReportBaseline {
  /** As it was given. */
  readonly file: string;
  readonly differences: readonly BaselineDifference[];
}

export type ReportCluster = Omit<Facts<'Cluster'>, 'capabilities' | 'network'> & {
  readonly nodes: readonly string[];
};

/** How many expectations have each verdict. */
export interface Totals {
  readonly holds: number;
  readonly refuted: number;
  readonly vacuous: number;
  readonly unknown: number;
  readonly notApplicable: number;
}

/** Counts the verdicts, of expectations or of scenarios. */
export const countVerdicts = (all: readonly Verdict[]): Totals => {
  const count = (verdict: Verdict): number => all.filter((one) => one === verdict).length;
  return {
    holds: count('holds'),
    refuted: count('refuted'),
    vacuous: count('vacuous'),
    unknown: count('unknown'),
    notApplicable: count('not-applicable'),
  };
};

/** The totals of a report: the verdicts of its scenarios' expectations. */
export const totalsOf = (scenarios: readonly Pick<ScenarioReport, 'expectations'>[]): Totals =>
  countVerdicts(scenarios.flatMap(({ expectations }) => expectations.map(({ verdict }) => verdict)));

/** The scenario's own world lies in the scenario; those of its controls are under `controls`. */
export interface ScenarioReport extends WorldReport {
  /** A section of a document, whose expectations are commands and not CEL; only where it is that. */
  readonly kind?: 'tutorial';
  readonly name: string;
  readonly file: string;
  readonly claim: string;
  /** Of the scenario's metadata. A report of an older run has none of them. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly source: ClaimSource | null;
  readonly verdict: Verdict;
  readonly durationMs: number;
  readonly expectations: readonly ExpectationReport[];
  readonly controls: readonly ControlReport[];
}

export interface ExpectationReport {
  readonly id: string;
  readonly says: string;
  readonly that: string;
  /** The line of the scenario's file that `that` begins on. A report of an older run does not have it. */
  readonly line?: number;
  readonly verdict: Verdict;
  /** One sentence; empty when the expectation holds. */
  readonly because: string;
  /** What each part of the expression evaluated to. */
  readonly values: readonly SubExpressionValue[];
  /** Shell lines that show the facts again, for an expectation that does not hold. */
  readonly replay: readonly string[];
  /** The probes that it read, for an expectation that does not hold; only where there are any. */
  readonly probesRead?: readonly ReadProbe[];
  /** No control refutes it: nothing shows that it can fail. */
  readonly uncontrolled: boolean;
  readonly controls: readonly {
    readonly name: string;
    readonly verdict: Verdict;
    readonly because: string;
  }[];
}

/** A probe whose result an expectation read: in the scenario's own world, or in that of a control. */
export interface ReadProbe {
  readonly name: string;
  readonly control?: string;
}

export interface ControlReport extends WorldReport {
  readonly name: string;
  /** The ids of the expectations that must be refuted in it. */
  readonly refutes: readonly string[];
}
