import type { Touches } from '../domain/footprint.js';
import { isUnreadable, type Fact } from '../domain/fact-types.js';
import type { Report, Totals } from '../domain/report.js';

/** `1 node`, `2 nodes`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** `0.41 s`, `12.3 s`, `2 min 5 s`. */
export const duration = (ms: number): string => {
  const seconds = ms / 1_000;
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
};

/** A fact as text; one that could not be read says so. */
export const factText = (fact: Fact<'string'>): string =>
  isUnreadable(fact) ? `unknown (${fact.$unreadable})` : fact;

/** What a world touches, as a reader is told it. */
export const touchesText = (touches: Touches): string => {
  switch (touches) {
    case 'none':
      return 'its own pods only';
    case 'reads-nodes':
      return 'reads nodes';
    case 'changes-nodes':
      return 'changes nodes';
  }
};

/** The totals by verdict, worst first, those that are 0 left out: `1 refuted, 3 hold`. */
export const totalsText = (totals: Totals): string => {
  const parts: readonly (readonly [number, string])[] = [
    [totals.refuted, 'refuted'],
    [totals.vacuous, 'vacuous'],
    [totals.unknown, 'unknown'],
    [totals.notApplicable, 'not applicable'],
    [totals.holds, totals.holds === 1 ? 'holds' : 'hold'],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, verdict]) => `${count} ${verdict}`)
    .join(', ');
};

/** One line on the cluster: provider, network, versions, nodes. */
export const clusterText = ({ cluster }: Report): string =>
  [
    factText(cluster.provider),
    ...(cluster.cni === '' ? [] : [`CNI ${factText(cluster.cni)}`]),
    ...(cluster.kubernetes === '' ? [] : [`Kubernetes ${factText(cluster.kubernetes)}`]),
    ...(cluster.runtime === '' ? [] : [factText(cluster.runtime)]),
    ...(cluster.kernel === '' ? [] : [`kernel ${factText(cluster.kernel)}`]),
    counted(cluster.nodes.length, 'node'),
  ].join(', ');
