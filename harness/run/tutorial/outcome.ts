import type { ExpectationReport } from '../../domain/report.js';
import type { ProbeResult } from '../../domain/observation.js';
import type { Check } from '../../tutorial/plan/plan.js';

/** What came of a check: its verdict, and what was seen. */
export interface Outcome extends Pick<ExpectationReport, 'verdict' | 'because' | 'values' | 'replay'> {
  readonly probe?: ProbeResult;
  /** The lines that the document would have to show of the output. */
  readonly corrected?: readonly string[];
  readonly durationMs: number;
}

export type Finding = Omit<Outcome, 'durationMs'>;

export const holds: Finding = { verdict: 'holds', because: '', values: [], replay: [] };

/** A finding that consists of its reason alone. */
export const finding = (verdict: Finding['verdict'], because: string): Finding => ({
  ...holds,
  verdict,
  because,
});

/** A check with its outcome as a report has it. */
export const expectationOf = (
  check: Check,
  { verdict, because, values, replay }: Outcome,
): ExpectationReport => ({
  ...{
    id: check.id,
    says: saysOf(check),
    that: textOf(check),
    line: check.line,
    verdict,
    because,
    values,
    replay,
  },
  uncontrolled: false,
  controls: [],
});

const saysOf = (check: Check): string => {
  switch (check.kind) {
    case 'none':
      return 'A block that is not run.';
    case 'manifest':
      return 'The manifest can be applied, and becomes ready.';
    case 'file':
      return `The content of ${check.name}.`;
    case 'command': {
      const ends = check.expectFail ? 'fails' : 'ends with 0';
      if (check.role === 'background') return 'The command goes on in the background.';
      if (check.output === undefined) return `The command ${ends}.`;
      const { line, lines } = check.output;
      return `The command prints what the document shows (${lines.length < 2 ? `line ${line}` : `lines ${line} to ${line + lines.length - 1}`})${check.expectFail ? ', and fails' : ''}.`;
    }
  }
};

const textOf = (check: Check): string => {
  switch (check.kind) {
    case 'none':
      return check.text;
    case 'manifest':
    case 'file':
      return check.lines.find((line) => /^\s*"?kind"?:/.test(line))?.trim() ?? check.lines[0] ?? '';
    case 'command':
      return check.statement.source;
  }
};
