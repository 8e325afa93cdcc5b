import type { Diagnosis } from '../domain/artifact.js';
import type { ScenarioReport } from '../domain/report.js';
import { counted } from './phrases.js';

/** What was saved of a scenario's own world and of those of its controls, and what could not be, a line each. */
export const diagnosesOf = (scenario: ScenarioReport): readonly string[] =>
  [{ ...scenario, name: '' }, ...scenario.controls].flatMap(({ name, diagnosis }) =>
    diagnosis === undefined
      ? []
      : diagnosisLines(diagnosis).map((line) => (name === '' ? line : `control "${name}": ${line}`)),
  );

/** Where the artifacts of one world are, and what is not among them. */
export const diagnosisLines = ({ folder, files, notes }: Diagnosis): readonly string[] => [
  ...(folder === '' ? [] : [`artifacts: ${folder} (${counted(files.length, 'file')})`]),
  ...notes.map((note) => `artifacts: ${note}`),
];
