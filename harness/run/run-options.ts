import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { ArtifactStore } from '../domain/artifact.js';
import type { RunObserver } from '../domain/run-event.js';
import { steadyClock, type Clock } from './clock.js';
import type { Instruments } from './instruments.js';

/** How scenarios are run; what is left out has a default. */
export interface RunOptions {
  /** netclaims' own version. */
  readonly version: string;
  /** How many worlds run beside each other; twice the processors unless given, as a world mostly waits for the runtime. */
  readonly parallel?: number;
  /** Begin no further scenario once one does not hold; those that run are run to their end. */
  readonly failFast?: boolean;
  /** For a scenario with its controls, once it has begun; five minutes unless given. */
  readonly timeoutMs?: number;
  /** Leave the worlds of scenarios that do not hold; the event of the scenario's end names them. */
  readonly keep?: boolean;
  /** Whether to wait for another run that uses the cluster; otherwise worlds that would have to wait are unknown. */
  readonly wait?: boolean;
  /** Told of what happens; must not throw. */
  readonly onEvent?: RunObserver;
  readonly clock?: Clock;
  /** When the run began, by the clock; now unless given. */
  readonly startedAtMs?: number;
  /** Tells the namespaces of this run from those of others; made up unless given. */
  readonly token?: string;
  readonly instruments: Instruments;
  /** Where to save what can be found out about worlds that go wrong; nowhere unless given. */
  readonly artifacts?: ArtifactStore | undefined;
  /** Whether the packets of probes are captured for that. */
  readonly capture?: boolean;
}

/** The same options with nothing left out. */
export const withDefaults = <Options extends Omit<RunOptions, 'instruments'>>(
  options: Options,
): Options & Required<Omit<RunOptions, 'instruments'>> => {
  const clock = options.clock ?? steadyClock;
  return {
    parallel: 2 * availableParallelism(),
    failFast: false,
    timeoutMs: 300_000,
    keep: false,
    wait: true,
    onEvent: () => undefined,
    startedAtMs: clock.now(),
    artifacts: undefined,
    capture: false,
    token: randomBytes(3).toString('hex'),
    ...options,
    clock,
  };
};
