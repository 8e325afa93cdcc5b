import type { Evidence, Observation } from '../domain/observation.js';

/** What a report keeps of one output, in characters. Facts were parsed from the whole of it before. */
const kept = 64 * 1024;

/** An output cut to what a report keeps, with a note of how much is left out. */
export const cutOutput = (text: string): string =>
  text.length <= kept
    ? text
    : `${text.slice(0, kept)}\n… ${text.length - kept} more characters were left out of the report`;

/** The same observation with its evidence cut to what a report keeps. */
export const cutEvidence = (observation: Observation): Observation => ({
  ...observation,
  evidence: observation.evidence.map((item): Evidence => ({
    ...item,
    stdout: cutOutput(item.stdout),
    stderr: cutOutput(item.stderr),
  })),
});
