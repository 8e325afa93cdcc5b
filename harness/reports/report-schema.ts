import type { BaselineDifference } from '../domain/baseline.js';
import type { DroppedBytes } from '../domain/cluster.js';
import type { Evidence, Observation, ProbeResult } from '../domain/observation.js';
import type {
  ControlReport,
  ExpectationReport,
  Report,
  ReadProbe,
  ReportBaseline,
  ReportCluster,
  ScenarioReport,
  Totals,
} from '../domain/report.js';
import { verdicts } from '../domain/verdict.js';
import type { SubExpressionValue, UnmetWait } from '../domain/world-report.js';
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
} from './json-schema.js';
import { failure, optionalInWorld, world } from './world-schema.js';

const verdict: JsonSchema = { type: 'string', enum: verdicts };
const time = described('ISO 8601', string);
const values = list(definition('SubExpressionValue'));

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
        probesRead: described(
          'The probes that it read, where it does not hold: by name, in the world of a control where that is named.',
          list(record<ReadProbe>({ name: string, control: string }, ['control'])),
        ),
        uncontrolled: described('No control refutes it: nothing shows that it can fail.', bool),
        controls: list(
          record<ExpectationReport['controls'][number]>({ name: string, verdict, because: string }),
        ),
      },
      ['line', 'probesRead'],
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
      failures: described(
        'What went wrong beside the worlds, such as removing the cluster; only where there is any.',
        list(failure),
      ),
      notCompared: described(
        'Parts of nodes that could not be compared before and after worlds, with the reason.',
        list(string),
      ),
      baseline: described(
        'Only where the run was compared with a baseline.',
        record<ReportBaseline>({ file: string, differences: list(definition('BaselineDifference')) }),
      ),
    },
    ['baseline', 'failures', 'notCompared'],
  ),
  $defs: { ...definitions, ...factSchemas },
};
