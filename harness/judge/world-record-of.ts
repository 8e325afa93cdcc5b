import type { WorldReport } from '../domain/report.js';
import type { WorldRecord } from '../domain/world-record.js';

/** What happened in a world, as its report tells. Keys of a report keep no order of observations: the time does. */
export const worldRecordOf = ({
  observations,
  probes,
  unmetWaits,
  failure,
  missed,
}: WorldReport): WorldRecord => ({
  observations: Object.values(observations).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)),
  probes: Object.values(probes),
  unmetWaits,
  failure: failure ?? undefined,
  ...(missed === undefined ? {} : { missed }),
});
