import type { RunEvent, WorldName } from '../domain/run-event.js';
import type { Verdict } from '../domain/verdict.js';

/** What a run is doing now, gathered from its events. */
export interface ProgressState {
  /** The cluster's phase while it boots. */
  readonly phase: string | undefined;
  /** How many scenarios there are; undefined before the run has begun. */
  readonly scenarios: number | undefined;
  readonly finished: readonly Verdict[];
  /** The worlds that are up, in the order in which they were begun. */
  readonly worlds: readonly ActiveWorld[];
}

export interface ActiveWorld extends WorldName {
  readonly steps: number;
  /** The step that runs, and its number; undefined between steps. */
  readonly step: { readonly index: number; readonly title: string } | undefined;
}

export const idle: ProgressState = { phase: undefined, scenarios: undefined, finished: [], worlds: [] };

/** The state after an event. */
export const advanced = (state: ProgressState, event: RunEvent): ProgressState => {
  switch (event.kind) {
    case 'cluster-phase':
      return { ...state, phase: event.phase };
    case 'cluster-ready':
      return { ...state, phase: undefined };
    case 'run-started':
      return { ...state, scenarios: event.scenarios.length };
    case 'waiting':
    case 'scenario-started':
      return state;
    case 'world-started': {
      const { scenario, control, steps } = event;
      return { ...state, worlds: [...state.worlds, { scenario, control, steps, step: undefined }] };
    }
    case 'step-started':
      return withStep(state, event, { index: event.index, title: event.step });
    case 'step-finished':
      return withStep(state, event, undefined);
    case 'world-finished':
      return { ...state, worlds: state.worlds.filter((world) => !isSameWorld(world, event)) };
    case 'scenario-finished':
      return { ...state, finished: [...state.finished, event.verdict] };
  }
};

const withStep = (state: ProgressState, name: WorldName, step: ActiveWorld['step']): ProgressState => ({
  ...state,
  worlds: state.worlds.map((world) => (isSameWorld(world, name) ? { ...world, step } : world)),
});

const isSameWorld = (a: WorldName, b: WorldName): boolean =>
  a.scenario === b.scenario && a.control === b.control;
