import type { ArtifactStore } from '../domain/artifact.js';
import type { Cluster } from '../domain/cluster.js';
import { describeError } from '../domain/error.js';
import type { Redact } from '../domain/redact.js';
import type { WorldReport } from '../domain/world-report.js';
import type { Scenario } from '../domain/scenario.js';
import { diagnose } from '../diagnosis/diagnose.js';
import type { Instruments } from './instruments.js';
import type { EndedWorld } from './run-world.js';
import { judgedScenario } from './scenario-report.js';

export interface DiagnosisTools {
  readonly cluster: Cluster;
  readonly instruments: Instruments;
  readonly artifacts: ArtifactStore | undefined;
  /** Takes secrets out of what is saved. */
  readonly redact: Redact;
}

/**
 * The report of a world that has ended and is still there, with what was saved of it where it did not go as it had to. Whatever goes wrong with that
 * is told in it, and changes nothing else. Whoever interrupts a run does not wait for it.
 */
export const withDiagnosis = async (
  scenario: Scenario,
  control: string | null,
  ended: Pick<EndedWorld, 'namespace' | 'world' | 'beganMs' | 'report' | 'captures'>,
  { cluster, instruments, artifacts, redact }: DiagnosisTools,
  signal: AbortSignal,
): Promise<WorldReport> => {
  const { report, namespace, world, beganMs, captures } = ended;
  if (artifacts === undefined || signal.aborted || wentWell(scenario, control, report, instruments))
    return report;
  try {
    const subject = { namespace, world, nodes: cluster.nodes, sinceMs: beganMs };
    const found = await diagnose(subject, signal);
    const all = [...found.artifacts, ...captures.artifacts];
    const saved = await artifacts.save({ scenario: scenario.name, control }, all, redact);
    return { ...report, diagnosis: { ...saved, notes: [...captures.notes, ...found.notes, ...saved.notes] } };
  } catch (error) {
    return {
      ...report,
      diagnosis: { folder: '', files: [], notes: [`nothing was saved: ${describeError(error)}`] },
    };
  }
};

/** As far as this world alone can tell: in the scenario's own all expectations hold, in a control those that it refutes are refuted. */
export const wentWell = (
  scenario: Scenario,
  control: string | null,
  report: WorldReport,
  instruments: Instruments,
): boolean => {
  if (report.failure !== null) return false;
  const own = { ...judgedScenario(scenario, [report]), controls: [] };
  if (control === null) {
    return instruments.judgeScenario(own).expectations.every(({ verdict }) => verdict === 'holds');
  }
  const refutes = scenario.controls.find(({ name }) => name === control)?.refutes ?? [];
  const expectations = own.expectations.filter(({ id }) => refutes.includes(id));
  // In a control, what was waited for in vain refutes nothing: it is only why the rest was not observed.
  return instruments
    .judgeScenario({ ...own, expectations, unmetWaits: [] })
    .expectations.every(({ verdict }) => verdict === 'refuted');
};
