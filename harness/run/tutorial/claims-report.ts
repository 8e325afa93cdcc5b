import type { ExpectationReport, ScenarioReport } from '../../domain/report.js';
import { worstVerdict } from '../../domain/verdict.js';
import type { ClaimFinding } from '../../tutorial/claims/check-claims.js';

/** What was found of a document's claims, as a part of the report; undefined where there is nothing to tell. */
export const claimsReport = (
  { file, name }: { readonly file: string; readonly name: string },
  reportName: string,
  findings: readonly ClaimFinding[],
): ScenarioReport | undefined => {
  if (findings.length === 0) return undefined;
  const expectations = findings.map(({ text, ...found }): ExpectationReport => ({
    ...found,
    that: text,
    ...{ replay: [], uncontrolled: false, controls: [] },
  }));
  return {
    kind: 'tutorial',
    ...{
      name: reportName,
      file,
      claim: 'The claims of the document and the scenarios that check them',
      labels: {},
    },
    source: { document: name, section: '' },
    verdict: worstVerdict(expectations.map(({ verdict }) => verdict)),
    ...{
      durationMs: 0,
      expectations,
      let: {},
      observations: {},
      probes: {},
      unmetWaits: [],
      failure: null,
      controls: [],
    },
  };
};
