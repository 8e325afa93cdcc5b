import type { UntimedEvent } from '../run-world.js';
import { runWorld } from '../run-world.js';
import { steadyClock } from '../clock.js';
import type { BareStep } from './scenarios.js';
import { plan } from './scenarios.js';
import { fakeCluster, type FakeCluster, type FakeOptions } from './fake-cluster.js';
import { outputBudget } from '../output-budget.js';
import { fakeInstruments, type Conditions } from './fake-instruments.js';

export interface PlanOptions extends FakeOptions {
  readonly conditions?: Conditions;
  readonly signal?: AbortSignal;
  /** In place of one made with these options. */
  readonly cluster?: FakeCluster;
}

/** Runs steps in a world `ns` of a fake cluster, with one pod `web` of the containers `nginx` and `side`. */
export const runSteps = async (steps: readonly BareStep[], options: PlanOptions = {}) => {
  const cluster = options.cluster ?? fakeCluster(options);
  const events: UntimedEvent[] = [];
  const tools = {
    cluster,
    instruments: fakeInstruments(options.conditions),
    clock: steadyClock,
    outputBudget: outputBudget(),
    capture: false,
    tell: (event: UntimedEvent) => events.push(event),
  };
  const signal = options.signal ?? new AbortController().signal;
  const name = { scenario: 's', control: null };
  const world = await runWorld(name, plan(...steps), 'ns', tools, signal);
  return { ...world, cluster, events, calls: cluster.calls.filter((call) => !call.startsWith('pods ')) };
};
