import type { ScenarioReport } from '../domain/report.js';
import { oneLine } from './visible.js';

/** What went wrong in the scenario's own world and in those of its controls, a text for each. */
export const troublesOf = (scenario: ScenarioReport): readonly string[] =>
  [{ ...scenario, name: '' }, ...scenario.controls].flatMap(({ name, trouble, unmetWaits }) => {
    const where = name === '' ? '' : `control "${name}": `;
    return [
      ...unmetWaits.map(({ until, message }) => `${where}wait ${oneLine(until)}: ${message}`),
      ...(trouble === null ? [] : [`${where}${trouble.code}: ${trouble.message}`]),
    ];
  });
