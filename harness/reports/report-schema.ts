import type { BaselineDifference } from '../domain/baseline.js';
import type { Diagnosis } from '../domain/artifact.js';
import type { DroppedBytes } from '../domain/cluster.js';
import { allTouches, type Footprint, type FootprintReason } from '../domain/footprint.js';
import type { Position } from '../domain/manifest.js';
import type { Evidence, Observation, ProbeResult } from '../domain/observation.js';
import type {
  ControlReport,
  ExpectationReport,
  Report,
  ReportBaseline,
  ReportCluster,
  ScenarioReport,
  Totals,
  WorldReport,
} from '../domain/report.js';
import { verdicts } from '../domain/verdict.js';
import type { MissedSteps, SubExpressionValue, Trouble, UnmetWait } from '../domain/world-record.js';
import { factProperties, factSchemas } from './fact-schemas.js';
import {
  bool,
  count,
  definition,
  described,
  integer,
  list,
  mapOf,
  orNull,
  record,
  string,
  type JsonSchema,
  type PropertiesOf,
} from './json-schema.js';

const verdict: JsonSchema = { type: 'string', enum: verdicts };
const time = described('ISO 8601', string);
const values = list(definition('SubExpressionValue'));

/** The maps of a world keep the order in which things happened; all others are sorted by name. */
const inOrder = {
  let: described('The `let` entries in force, in order; each one is CEL.', mapOf(string)),
  observations: described('By name, in the order in which they were made.', mapOf(definition('Observation'))),
  probes: described('By name, in the order in which they ran.', mapOf(definition('ProbeResult'))),
};

/** Whether a map's order says something, so that it is to be kept. */
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

const world: PropertiesOf<WorldReport> = {
  footprint,
  ...inOrder,
  unmetWaits: list(definition('UnmetWait')),
  trouble: described(
    'Why the world ended before its last step, or null.',
    orNull(record<Trouble>({ code: string, message: string })),
  ),
  groundLost: described(
    'What the world stood on was lost while it ran: nothing seen in it can be relied on.',
    record<Trouble>({ code: string, message: string }),
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
const optionalInWorld = ['footprint', 'groundLost', 'missed', 'diagnosis', 'notApplicable'] as const;

const clusterFacts = factProperties('Cluster');

const evidence = record<Evidence>(
  {
    node: string,
    argv: list(string),
    replay: described('One line for a shell on the machine that netclaims ran on.', string),
    at: time,
    exitCode: described('null when the command could not be started or was cut off', {
      type: ['integer', 'null'],
    }),
    stdout: string,
    stderr: string,
    dropped: described(
      'How many bytes are missing in the middle; only where some are.',
      record<DroppedBytes>({ stdout: count, stderr: count }),
    ),
  },
  ['dropped'],
);

const definitions: Readonly<Record<string, JsonSchema>> = {
  Scenario: described(
    "A scenario's result; its own world lies in it, those of its controls beside.",
    record<ScenarioReport>(
      {
        kind: described('For a section of a document: its expectations are commands, not CEL.', {
          const: 'tutorial',
        }),
        name: string,
        file: string,
        claim: string,
        labels: described("Of the scenario's metadata.", mapOf(string)),
        source: orNull(
          record<NonNullable<ScenarioReport['source']>>(
            { document: string, section: string, quote: string },
            ['quote'],
          ),
        ),
        verdict,
        durationMs: count,
        expectations: list(definition('Expectation')),
        ...world,
        controls: list(definition('Control')),
      },
      [...optionalInWorld, 'kind', 'labels'],
    ),
  ),
  Expectation: described(
    'One falsifiable part of the claim, judged.',
    record<ExpectationReport>(
      {
        id: string,
        says: string,
        that: described('The expression, in CEL.', string),
        line: described("The line of the scenario's file that the expression begins on.", count),
        verdict,
        because: described('One sentence; empty when the expectation holds.', string),
        values,
        replay: described('Shell lines that show the facts again.', list(string)),
        uncontrolled: described('No control refutes it: nothing shows that it can fail.', bool),
        controls: list(
          record<ExpectationReport['controls'][number]>({ name: string, verdict, because: string }),
        ),
      },
      ['line'],
    ),
  ),
  Control: described(
    'What happened in the world of a control.',
    record<ControlReport>({ name: string, refutes: list(string), ...world }, optionalInWorld),
  ),
  SubExpressionValue: described(
    'What one part of an expression evaluated to.',
    record<SubExpressionValue>({ expression: string, value: described('As CEL would write it.', string) }),
  ),
  UnmetWait: described(
    'A `wait` whose condition was read and was false when its time was up.',
    record<UnmetWait>({ until: string, message: string, values }),
  ),
  Observation: described(
    'A named snapshot of all facts.',
    record<Observation>({
      name: string,
      at: time,
      durationMs: count,
      pods: mapOf(definition('Pod')),
      nodes: mapOf(definition('Node')),
      cluster: definition('Cluster'),
      evidence: list(definition('Evidence')),
      sources: described('From a path of facts to an index of `evidence`.', mapOf(integer)),
    }),
  ),
  BaselineDifference: described(
    'A place that is not as the baseline has it.',
    record<BaselineDifference>(
      {
        path: described('The keys that lead to it.', list(string)),
        was: described('In the baseline; left out where it does not have the place.', {}),
        is: described('In this run; left out where it does not have the place.', {}),
      },
      ['was', 'is'],
    ),
  ),
  Evidence: described('A command that was run for a fact, and what it answered.', evidence),
  ProbeResult: {
    description: 'What a probe step printed, or why it has no result.',
    ...record<ProbeResult>(
      {
        name: string,
        read: bool,
        evidence: { $ref: '#/$defs/Evidence', type: 'object', properties: { exitCode: integer } },
        broken: described('Why the command broke, so that its exit code and output answer nothing.', string),
        reason: string,
        replay: string,
      },
      ['evidence', 'broken', 'reason', 'replay'],
    ),
    if: { type: 'object', properties: { read: { const: true } } },
    then: { type: 'object', required: ['evidence'], properties: { reason: false, replay: false } },
    else: { type: 'object', required: ['reason', 'replay'], properties: { evidence: false, broken: false } },
  },
};

/** JSON Schema 2020-12 of the JSON report; schema/report.schema.json is made from it. */
export const reportSchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://netclaims.dev/v1/report.schema.json',
  title: 'netclaims report',
  description: 'What a run of netclaims saw, and how it was judged; complete enough to be judged again.',
  ...record<Report>(
    {
      apiVersion: { const: 'netclaims.dev/v1' },
      kind: { const: 'Report' },
      tool: record<Report['tool']>({ version: string }),
      startedAt: time,
      durationMs: count,
      cluster: record<ReportCluster>({
        provider: clusterFacts.provider,
        cni: clusterFacts.cni,
        kubernetes: clusterFacts.kubernetes,
        runtime: clusterFacts.runtime,
        kernel: clusterFacts.kernel,
        nodes: list(string),
      }),
      totals: record<Totals>({
        holds: count,
        refuted: count,
        vacuous: count,
        unknown: count,
        notApplicable: count,
      }),
      scenarios: described(
        'In the order of the files and of the lines in them.',
        list(definition('Scenario')),
      ),
      baseline: described(
        'Only where the run was compared with a baseline.',
        record<ReportBaseline>({ file: string, differences: list(definition('BaselineDifference')) }),
      ),
    },
    ['baseline'],
  ),
  $defs: { ...definitions, ...factSchemas },
};
