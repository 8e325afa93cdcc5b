import type { Diagnosis } from '../domain/artifact.js';
import type { Failure } from '../domain/failure.js';
import { allTouches, type Footprint, type FootprintReason } from '../domain/footprint.js';
import type { Position } from '../domain/manifest.js';
import type { MissedSteps, WorldReport } from '../domain/world-report.js';
import {
  count,
  definition,
  described,
  list,
  mapOf,
  orNull,
  record,
  string,
  type JsonSchema,
  type PropertiesOf,
} from './json-schema.js';

/** The maps of a world keep the order in which things happened; all others are sorted by name. */
const inOrder = {
  let: described('The `let` entries in force, in order; each one is CEL.', mapOf(string)),
  observations: described('By name, in the order in which they were made.', mapOf(definition('Observation'))),
  probes: described('By name, in the order in which they ran.', mapOf(definition('ProbeResult'))),
};

/** Whether a map's order says something and must be kept. */
export const keepsOrder = (schema: JsonSchema): boolean => Object.values(inOrder).includes(schema);

const touches: JsonSchema = { type: 'string', enum: allTouches };

const footprint = described(
  'What the world touches beyond its own pods: nothing, facts of nodes (it reads them), or nodes (it changes them).',
  record<Footprint>({
    touches: described('The strongest of the reasons.', touches),
    reasons: list(
      record<FootprintReason>(
        {
          touches,
          why: string,
          file: string,
          position: record<Position>({ line: count, column: count }),
          narrow: described('What would make the world touch less.', string),
        },
        ['narrow'],
      ),
    ),
  }),
);

export const failure = record<Failure>({
  code: described('One of docs/errors.md.', string),
  what: described('What happened: one sentence.', string),
  where: described('The step and the place; empty when it concerns the whole run.', string),
  evidence: described('Output of commands, states, answers of servers.', list(string)),
  remedy: described('What to do about it.', string),
});

/** What happened in a world. */
export const world: PropertiesOf<WorldReport> = {
  footprint,
  ...inOrder,
  unmetWaits: list(definition('UnmetWait')),
  failure: described('Why the world ended before its last step, or null.', orNull(failure)),
  groundLost: described(
    'What the world stood on was lost while it ran: nothing seen in it can be relied on.',
    failure,
  ),
  cleanup: described(
    'What went wrong after its last step: it was not removed, or left something behind.',
    list(failure),
  ),
  missed: described(
    'What the steps after its early end would have observed and probed.',
    record<MissedSteps>({ observations: list(string), probes: list(string) }),
  ),
  diagnosis: described(
    'What `--artifacts` saved of a world that did not go as it had to.',
    record<Diagnosis>({
      folder: described('As it was named; empty when nothing could be saved.', string),
      files: list(string),
      notes: described('What could not be found out, and what was cut.', list(string)),
    }),
  ),
  notApplicable: described('Why the cluster cannot have this world, which was not made then.', string),
};
/** What not every world has. */
export const optionalInWorld = [
  'footprint',
  'groundLost',
  'cleanup',
  'missed',
  'diagnosis',
  'notApplicable',
] as const;
