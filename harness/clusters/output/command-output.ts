import type { Command, CommandResult } from '../../domain/cluster.js';
import { droppedNote } from '../../domain/dropped-output.js';
import { outputText } from '../../domain/output-text.js';
import { NetclaimsError } from '../../domain/error.js';
import { keepEnds, type KeptOutput } from './keep-ends.js';

/** Collects what a command prints, within bounds. */
export interface OutputCollector {
  readonly stdout: (chunk: Buffer) => void;
  readonly stderr: (chunk: Buffer) => void;
  /** The last lines of its standard error so far, for an error. */
  lastLines(): readonly string[];
  /** @throws NetclaimsError `probe/too-much-output` when something was dropped and the caller did not allow that */
  result(exitCode: number): CommandResult;
}

/** @param subject the command, as an error names it */
export const collectOutput = (
  subject: string,
  { mayBeCut = false }: Pick<Command, 'mayBeCut'>,
): OutputCollector => {
  const out = keepEnds();
  const err = keepEnds();
  return {
    stdout: (chunk) => out.write(chunk),
    stderr: (chunk) => err.write(chunk),
    lastLines: () => {
      const { head, tail, dropped } = err.kept();
      const end = (dropped === 0 ? head : tail).subarray(-shownBytes).toString('utf8');
      return end.trim().split('\n').slice(-5).filter(Boolean);
    },
    result(exitCode) {
      const [stdout, stderr] = [out.kept(), err.kept()];
      const dropped = { stdout: stdout.dropped, stderr: stderr.dropped };
      const texts = { exitCode, stdout: textOf(stdout), stderr: textOf(stderr) };
      if (dropped.stdout === 0 && dropped.stderr === 0) return texts;
      if (mayBeCut) return { ...texts, dropped };
      const bytes = [stdout, stderr].reduce(
        (sum, { head, tail, dropped: lost }) => sum + head.length + tail.length + lost,
        0,
      );
      throw new NetclaimsError({
        code: 'probe/too-much-output',
        what: `${subject} printed ${bytes} bytes, more than netclaims reads`,
        evidence: [texts.stdout.slice(0, shownStart).trimEnd()].filter(Boolean),
        remedy: 'see why it prints that much',
      });
    },
  };
};

const shownBytes = 4096;
const shownStart = 200;

/** Both ends as text; a character of several bytes that was cut in two is dropped with the rest. */
const textOf = ({ head, tail, dropped }: KeptOutput): string => {
  if (dropped === 0) return outputText(head);
  const start = firstWhole(tail);
  const end = endOfWhole(head);
  const bytes = dropped + start + head.length - end;
  return outputText(head.subarray(0, end)) + droppedNote(bytes) + outputText(tail.subarray(start));
};

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/** Where the first whole character begins; a character has at most three bytes that continue it. */
const firstWhole = (bytes: Buffer): number => {
  let at = 0;
  while (at < 3 && isContinuation(bytes[at])) at += 1;
  return at;
};

/** Where the last whole character ends. */
const endOfWhole = (bytes: Buffer): number => {
  let start = bytes.length - 1;
  while (start > bytes.length - 4 && isContinuation(bytes[start])) start -= 1;
  const first = bytes[start] ?? 0;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  return start + length > bytes.length ? start : bytes.length;
};
