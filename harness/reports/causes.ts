import { failureLines, isSameFailure, type Failure } from '../domain/failure.js';
import type { ScenarioReport } from '../domain/report.js';
import { worldFailures } from './failures.js';
import { oneLine } from './visible.js';

/** One cause, with all that it struck: most often one thing is wrong, and many worlds meet it. */
export interface Cause {
  /** As the first world met it. */
  readonly failure: Failure;
  readonly struck: readonly Struck[];
}

/** A world that met a cause. */
export interface Struck {
  readonly scenario: string;
  /** null for the scenario's own world. */
  readonly control: string | null;
  readonly where: string;
}

/** What went wrong in the worlds of these scenarios, each cause once, in the order of the report. */
export const causesOf = (scenarios: readonly ScenarioReport[]): readonly Cause[] => {
  const causes = new Map<string, { readonly failure: Failure; readonly struck: Struck[] }>();
  for (const scenario of scenarios) {
    for (const world of [{ ...scenario, control: null }, ...scenario.controls.map(named)]) {
      for (const failure of worldFailures(world)) {
        const key = likenessOf(failure);
        const cause = causes.get(key) ?? { failure, struck: [] };
        causes.set(key, cause);
        cause.struck.push({ scenario: scenario.name, control: world.control, where: failure.where });
      }
    }
  }
  return [...causes.values()];
};

const named = <T extends { readonly name: string }>(world: T): T & { readonly control: string } => ({
  ...world,
  control: world.name,
});

/** Whether a cause struck more than one scenario, so that it is told for all of them. */
export const isShared = ({ struck }: Cause): boolean =>
  struck.some(({ scenario }) => scenario !== struck[0]?.scenario);

/** Whether a failure is an instance of a cause. */
export const isOf = (cause: Cause, failure: Failure): boolean =>
  isSameFailure(cause.failure, failure) || likenessOf(cause.failure) === likenessOf(failure);

/** What two failures have in common that one thing caused: all but the places of their worlds, and namespaces, identifiers and addresses. */
const likenessOf = ({ code, what, evidence }: Failure): string =>
  JSON.stringify([code, masked(what), [...new Set(evidence.flatMap((item) => masked(item).split('\n')))]]);

const masked = (text: string): string =>
  text.replaceAll(
    /netclaims-[a-z0-9-]+|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{12,}\b|\b\d+(?:\.\d+){3}\b/g,
    '#',
  );

/** The worlds that a cause struck, in words: `its own world`, `the control "two pods"`. Without the scenarios' names for one scenario. */
export const struckLines = ({ struck }: Cause, withScenario: boolean): readonly string[] => [
  ...new Set(
    struck.map(({ scenario, control, where }) => {
      const world = control === null ? 'own world' : `control ${JSON.stringify(control)}`;
      const whose = withScenario ? `${scenario}, ${world}` : world;
      return where === '' ? whose : `${whose}: ${where}`;
    }),
  ),
];

/** What went wrong in the worlds of a scenario, a text for each: what they waited for in vain, then each cause once. */
export const failuresOf = (scenario: ScenarioReport): readonly string[] => [
  ...[{ ...scenario, name: '' }, ...scenario.controls].flatMap(({ name, unmetWaits }) =>
    unmetWaits.map(({ until, message }) => `${controlName(name)}wait ${oneLine(until)}: ${message}`),
  ),
  ...causesOf([scenario]).map((cause) => {
    const [first, ...others] = cause.struck;
    const struck = others.length === 0 ? [] : struckLines(cause, false).map((line) => `  ${line}`);
    const lines = [...failureLines(cause.failure), ...(struck.length === 0 ? [] : ['it struck:', ...struck])];
    return `${controlName(first?.control ?? '')}${lines.join('\n')}`;
  }),
];

const controlName = (name: string): string => (name === '' ? '' : `control "${name}": `);
