import type { Report } from '../../domain/report.js';
import { worstVerdict, type Verdict } from '../../domain/verdict.js';
import { isUnreadable } from '../../domain/fact-types.js';

const begin = '<!-- netclaims-stamp -->';
const end = '<!-- /netclaims-stamp -->';

/** What a run says of a document in a line. */
export const stampText = ({ cluster, startedAt }: Report): string => {
  const known = (fact: Report['cluster']['cni']) => (isUnreadable(fact) || fact === '' ? undefined : fact);
  const kubernetes = known(cluster.kubernetes);
  const on = [
    kubernetes === undefined ? known(cluster.runtime) : `Kubernetes ${kubernetes}`,
    known(cluster.cni) === undefined ? undefined : `CNI ${known(cluster.cni) ?? ''}`,
  ].filter((part) => part !== undefined);
  return `Last verified on ${[...on, startedAt.slice(0, 10)].join(', ')}.`;
};

/** The document with its stamp: in the place of the one that it has, else at its end. Nothing else changes. Pure. */
export const stampDocument = (text: string, stamp: string): string => {
  const whole = `${begin}${stamp}${end}`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from !== -1 && to !== -1) return text.slice(0, from) + whole + text.slice(to + end.length);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return `${text}${text.endsWith('\n') ? '' : newline}${newline}${whole}${newline}`;
};

const colours: Readonly<Record<Verdict, string>> = {
  holds: 'brightgreen',
  refuted: 'red',
  vacuous: 'red',
  unknown: 'yellow',
  'not-applicable': 'lightgrey',
};

/** A badge as shields.io reads it from a URL (https://shields.io/badges/endpoint-badge). */
export const badgeText = (report: Report): string => {
  const verdict = worstVerdict(report.scenarios.map((section) => section.verdict));
  const date = report.startedAt.slice(0, 10);
  const message = verdict === 'holds' ? `verified ${date}` : `${verdict} ${date}`;
  return `${JSON.stringify({ schemaVersion: 1, label: 'tutorial', message, color: colours[verdict] }, undefined, 2)}\n`;
};
