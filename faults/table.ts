import { cut } from '../harness/reports/layout.js';
import { counted } from '../harness/reports/phrases.js';
import { table } from '../harness/reports/table.js';
import type { FaultsRun } from './run-faults.js';
import { mutationScore } from './verdict.js';

/** Fault by claim, with what became of each, then the mutation score and the false alarms; cut to so many columns. */
export const faultsTable = ({ faults, baseline, durationMs }: FaultsRun, columns: number): string => {
  const named = faults.flatMap(({ fault, named }) =>
    named.map(({ claim, verdict, because, caught }, index) => [
      index === 0 ? fault : '',
      claim,
      caught || verdict !== 'refuted' ? verdict : 'other cause',
      because,
    ]),
  );
  const alarms = baseline.falseAlarms.map(({ claim, verdict, because }) => [
    'no fault',
    claim,
    verdict,
    because,
  ]);
  const also = faults.flatMap((one) =>
    one.also.length === 0 ? [] : [`${one.fault} refutes as well: ${one.also.join(', ')}`],
  );
  const caught = faults.filter((one) => one.caught).length;
  return [
    ...table([['FAULT', 'CLAIM', 'VERDICT', 'BECAUSE'], ...named, ...alarms]).map((line) =>
      cut(line, columns),
    ),
    '',
    ...also,
    ...(also.length === 0 ? [] : ['']),
    `mutation score ${mutationScore(faults)}%: ${caught} of ${counted(faults.length, 'fault')} caught by every claim that they name`,
    `${counted(baseline.falseAlarms.length, 'false alarm')} in ${counted(baseline.runs, 'run')} without a fault`,
    `${(durationMs / 1_000).toFixed(0)} s`,
    '',
  ].join('\n');
};
