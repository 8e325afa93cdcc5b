import { failureLines, type Failure } from '../domain/failure.js';
import type { Report, ScenarioReport } from '../domain/report.js';
import type { WorldReport } from '../domain/world-report.js';
import { oneLine } from './visible.js';

/** What went wrong beside the worlds of a run. */
export const runFailures = ({ failures = [] }: Report): readonly Failure[] => failures;

/** What went wrong in a world, then what went wrong after its last step. */
export const worldFailures = ({ failure, cleanup = [] }: WorldReport): readonly Failure[] =>
  failure === null ? cleanup : [failure, ...cleanup];

/** What went wrong in the scenario's own world and in those of its controls, a text for each. */
export const failuresOf = (scenario: ScenarioReport): readonly string[] =>
  [{ ...scenario, name: '' }, ...scenario.controls].flatMap(({ name, ...world }) => {
    const where = name === '' ? '' : `control "${name}": `;
    return [
      ...world.unmetWaits.map(({ until, message }) => `${where}wait ${oneLine(until)}: ${message}`),
      ...worldFailures(world).map((failure) => `${where}${failureLines(failure).join('\n')}`),
    ];
  });
