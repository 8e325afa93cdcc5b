import { sentenceOf, type Failure } from '../../domain/failure.js';
import type { Report } from '../../domain/report.js';
import type { WorldReport } from '../../domain/world-report.js';
import { everyVerdict } from './every-verdict.js';

const failure: Failure = {
  code: 'cluster/no-node',
  what: 'a node could not be made',
  where: '',
  evidence: ['unshare: Operation not permitted'],
  remedy: 'be root',
};

const unopened: WorldReport = { let: {}, observations: {}, probes: {}, unmetWaits: [], failure };

/** A run that got no cluster: all of it is unknown for one reason. */
export const noCluster: Report = {
  ...everyVerdict,
  cluster: { provider: 'containerd', cni: '', kubernetes: '', runtime: '', kernel: '', nodes: [] },
  durationMs: 38,
  totals: { holds: 0, refuted: 0, vacuous: 0, unknown: 9, notApplicable: 0 },
  scenarios: everyVerdict.scenarios.map((scenario) => ({
    ...unopened,
    name: scenario.name,
    file: scenario.file,
    claim: scenario.claim,
    source: scenario.source,
    verdict: 'unknown',
    durationMs: 0,
    expectations: scenario.expectations.map((expectation) => ({
      ...expectation,
      verdict: 'unknown',
      because: `now is unknown: ${sentenceOf(failure)}`,
      values: [],
      replay: [],
    })),
    controls: scenario.controls.map(({ name, refutes }) => ({ ...unopened, name, refutes })),
  })),
};
