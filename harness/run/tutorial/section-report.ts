import { sentenceOf, type Failure } from '../../domain/failure.js';
import type { ScenarioReport } from '../../domain/report.js';
import { worstVerdict } from '../../domain/verdict.js';
import type { Check, SectionPlan, TutorialPlan } from '../../tutorial/plan/plan.js';
import { expectationOf, finding, type Outcome } from './outcome.js';

/** A section's part of the report; what was not come to is unknown because of the failure that there was. */
export const sectionReport = (
  { file, name }: TutorialPlan,
  section: SectionPlan,
  reportName: string,
  outcomes: ReadonlyMap<Check, Outcome>,
  failure: Failure | null,
): ScenarioReport => {
  const left = {
    ...finding('unknown', `it was not run: ${failure === null ? '' : sentenceOf(failure)}`),
    durationMs: 0,
  };
  const all = section.checks.map((check) => ({ check, outcome: outcomes.get(check) ?? left }));
  const expectations = all.map(({ check, outcome }) => expectationOf(check, outcome));
  const probes = all.flatMap(({ outcome: { probe } }) =>
    probe === undefined ? [] : [[probe.name, probe] as const],
  );
  return {
    kind: 'tutorial',
    ...{ name: reportName, file, claim: section.trail.join(' › '), labels: {} },
    source: { document: name, section: section.title },
    verdict: worstVerdict(expectations.map(({ verdict }) => verdict)),
    durationMs: all.reduce((sum, { outcome }) => sum + outcome.durationMs, 0),
    expectations,
    let: {},
    observations: {},
    probes: Object.fromEntries(probes),
    unmetWaits: [],
    failure: null,
    controls: [],
  };
};

/** A short name for each section that no other section of the run has. */
export const sectionNames = (plans: readonly TutorialPlan[]): ReadonlyMap<SectionPlan, string> => {
  const taken = new Map<string, number>();
  const unique = (name: string): string => {
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    return count === 1 ? name : `${name}-${count}`;
  };
  return new Map(
    plans.flatMap((plan) =>
      plan.sections.map((section) => {
        const own = slug(section.title) || 'section';
        return [section, unique(plans.length === 1 ? own : `${plan.name}/${own}`)] as const;
      }),
    ),
  );
};

/** As the headings of a page are linked to. */
const slug = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
