import type { Footprint } from './footprint.js';
import type { Manifest, Position } from './manifest.js';
import type { NetworkChange } from './network-change.js';

/** A CEL expression with the place it was written at. */
export interface Expression {
  readonly source: string;
  readonly file: string;
  readonly position: Position;
}

/** A scenario as it was loaded: valid, its manifests read, its durations in milliseconds. */
export interface Scenario {
  readonly file: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly claim: string;
  readonly source: ClaimSource | undefined;
  readonly requires: readonly string[];
  /** What happens when nothing is perturbed. */
  readonly world: WorldPlan;
  readonly expectations: readonly Expectation[];
  readonly controls: readonly Control[];
}

/** Where a claim comes from. */
export interface ClaimSource {
  readonly document: string;
  /** Empty for the document as a whole. */
  readonly section: string;
  /** The document's own words. */
  readonly quote?: string;
}

/** What is applied, named and done in one namespace. */
export interface WorldPlan {
  readonly manifests: readonly Manifest[];
  readonly let: readonly LetEntry[];
  readonly steps: readonly Step[];
  /** What it touches beyond its own pods. */
  readonly footprint: Footprint;
}

export interface LetEntry {
  readonly name: string;
  readonly value: Expression;
}

/** One falsifiable part of the claim. */
export interface Expectation {
  readonly id: string;
  readonly says: string;
  readonly that: Expression;
}

/** A world in which the named expectations must be refuted. */
export interface Control {
  readonly name: string;
  readonly refutes: readonly string[];
  /** The control's own plan, with what it does not state taken from the scenario. */
  readonly world: WorldPlan;
}

/** Where a probe runs. `{node: {pod}}` is the node that the pod is on. */
export type ProbePlace =
  | { readonly kind: 'container'; readonly pod: string; readonly container: string }
  | { readonly kind: 'netns'; readonly pod: string }
  | { readonly kind: 'node'; readonly node: string }
  | { readonly kind: 'node-of'; readonly pod: string };

interface StepBase {
  readonly file: string;
  readonly position: Position;
  readonly timeoutMs: number;
}

export type Step = StepBase &
  (
    | { readonly kind: 'observe'; readonly name: string }
    | {
        readonly kind: 'probe';
        readonly name: string;
        readonly place: ProbePlace;
        readonly argv: readonly string[];
        /** The command's variables, worked out when it is run. */
        readonly env?: readonly LetEntry[];
        /** Its exit code counts however the command ended, as the claim is about that. */
        readonly anyExit?: true;
        /** On a node: whether the command only reads there, as its author says. Without it, it may change the node. */
        readonly reads?: boolean;
      }
    | { readonly kind: 'apply'; readonly manifests: readonly Manifest[] }
    | { readonly kind: 'delete'; readonly targets: readonly Pick<Manifest, 'kind' | 'name'>[] }
    | {
        readonly kind: 'kill';
        readonly pod: string;
        readonly victim: { readonly container: string } | 'sandbox';
      }
    | { readonly kind: 'restart'; readonly pod: string; readonly container: string }
    | { readonly kind: 'reconfigure'; readonly change: NetworkChange }
    | { readonly kind: 'wait'; readonly until: Expression; readonly forMs: number }
    | { readonly kind: 'repeat'; readonly times: number; readonly steps: readonly Step[] }
  );

/** Its own world and those of its controls. */
export const worldsOf = ({ world, controls }: Scenario): readonly WorldPlan[] => [
  world,
  ...controls.map((control) => control.world),
];

/** All steps in order, those inside `repeat` included. */
export const allSteps = (steps: readonly Step[]): readonly Step[] =>
  steps.flatMap((step) => (step.kind === 'repeat' ? [step, ...allSteps(step.steps)] : [step]));
