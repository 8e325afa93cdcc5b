import { droppedSentence } from '../domain/dropped-output.js';
import type { ProbeResult } from '../domain/observation.js';
import type { ExpectationReport, ReadProbe, ScenarioReport } from '../domain/report.js';
import { counted } from './phrases.js';

/** More lines of an output are not shown: its last ones say most. */
const mostLines = 12;
const mostCharacters = 2_000;
/** A longer standard output is data; the JSON report has it. */
const shortOutput = 400;

/**
 * How the probes ended that an expectation read, with what they said of it: the exit code, standard error, and a short standard output. Empty for what
 * holds. A probe without a result is not among them: why it has none is the expectation's reason.
 */
export const probeLines = (
  { probesRead = [] }: Pick<ExpectationReport, 'probesRead'>,
  scenario: ScenarioReport,
): readonly string[] => probesRead.flatMap((probe) => linesOf(probe, resultOf(probe, scenario)));

const resultOf = ({ name, control }: ReadProbe, scenario: ScenarioReport): ProbeResult | undefined => {
  const world =
    control === undefined ? scenario : scenario.controls.find((candidate) => candidate.name === control);
  return world !== undefined && Object.hasOwn(world.probes, name) ? world.probes[name] : undefined;
};

const linesOf = ({ name, control }: ReadProbe, result: ProbeResult | undefined): readonly string[] => {
  if (result?.read !== true) return [];
  const { exitCode, stdout, stderr, dropped } = result.evidence;
  const where = control === undefined ? '' : ` in the control ${JSON.stringify(control)}`;
  const said = [
    ...outputLines('stderr', stderr, mostCharacters),
    ...outputLines('stdout', stdout, shortOutput),
  ];
  const silent = stdout === '' && stderr === '' ? ' and printed nothing' : '';
  const cut = dropped === undefined ? '' : `, ${droppedSentence(dropped)}`;
  return [`probe ${name}${where} ended with exit code ${exitCode}${silent}${cut}`, ...said];
};

const outputLines = (stream: string, text: string, longest: number): readonly string[] => {
  if (stream === 'stdout' && text.length > longest) return [];
  const whole = text.trimEnd();
  if (whole === '') return [];
  // An output may have millions of lines: only those that can be shown become texts of their own.
  const all = whole.slice(-longest).split('\n');
  const count = whole.length > longest ? countLines(whole) : all.length;
  if (stream === 'stdout' && count > mostLines) return [];
  const shown: string[] = [];
  let room = longest;
  for (const line of all.toReversed()) {
    room -= line.length;
    if (shown.length === mostLines || room < 0) break;
    shown.unshift(line);
  }
  // The first of these lines may have begun before what was looked at.
  if (whole.length > longest && shown.length === all.length) shown.shift();
  const left = count - shown.length;
  return [
    ...(left === 0 ? [] : [`  ${stream} | (${counted(left, 'more line')} in the JSON report)`]),
    ...shown.map((line) => `  ${stream} | ${line}`),
  ];
};

const countLines = (text: string): number => {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
};
