import { sentenceOf, type Failure } from '../domain/failure.js';
import type { Report, ScenarioReport } from '../domain/report.js';
import type { WorldReport } from '../domain/world-report.js';
import { causesOf, isOf, isShared, struckLines, type Cause } from './causes.js';
import { worldFailures } from './failures.js';
import { headed, indented, wrapped } from './layout.js';
import type { Palette } from './palette.js';
import { valueLines } from './terminal-expectation.js';
import { oneLine, visible, visibleLines } from './visible.js';

/** What several scenarios met, told once for all of them. */
export const sharedCauses = ({ scenarios }: Report): readonly Cause[] => causesOf(scenarios).filter(isShared);

/** A cause that several scenarios met, with all worlds that it struck. */
export const sharedCauseLines = (cause: Cause, columns: number, colours: Palette): readonly string[] => [
  ...failureBlock({ ...cause.failure, where: '' }, '', columns, colours),
  ...struckBlock(cause, true, columns),
  '',
];

/** What went wrong in the worlds of a scenario: what they waited for in vain, and each cause once. Of what is told above, the code says enough. */
export const scenarioFailureLines = (
  scenario: ScenarioReport,
  shared: readonly Cause[],
  columns: number,
  colours: Palette,
  withWaits: boolean,
): readonly string[] => {
  const worlds = [
    { world: scenario, where: '' },
    ...scenario.controls.map((world) => ({ world, where: controlName(world.name) })),
  ];
  const waits = worlds.flatMap(({ world, where }) => waitLines(world, where, columns, colours));
  return [
    ...(withWaits ? waits : []),
    ...causesOf([scenario]).flatMap((cause) => causeLines(cause, shared, columns, colours)),
  ];
};

const causeLines = (
  cause: Cause,
  shared: readonly Cause[],
  columns: number,
  colours: Palette,
): readonly string[] => {
  const { failure, struck } = cause;
  if (shared.some((one) => isOf(one, failure))) {
    const paint = (text: string): string => colours.verdict('unknown', text);
    return headed(`${visible(failure.code)}:`, 'told above', { columns, hang: 2, paint });
  }
  const control = struck[0]?.control ?? null;
  const where = control === null ? '' : controlName(control);
  return [
    ...failureBlock(failure, where, columns, colours),
    ...(struck.length === 1 ? [] : struckBlock(cause, false, columns)),
  ];
};

const controlName = (name: string): string => `control "${visible(name)}" `;

const mostStruck = 20;

const struckBlock = (cause: Cause, withScenario: boolean, columns: number): readonly string[] => {
  const lines = struckLines(cause, withScenario).map(oneLine);
  const more = lines.length - mostStruck;
  return indented(
    [
      'it struck:',
      ...indented(
        [...lines.slice(0, mostStruck), ...(more > 0 ? [`and ${more} more`] : [])].flatMap((line) =>
          wrapped(line, columns - 4),
        ),
        2,
      ),
    ],
    2,
  );
};

/** Why a world ended early, and what it waited for in vain. A wait in vain is only told where something does not hold: controls may mean it. */
export const worldLines = (
  world: WorldReport,
  where: string,
  columns: number,
  colours: Palette,
  withWaits: boolean,
): readonly string[] => [
  ...(withWaits ? waitLines(world, where, columns, colours) : []),
  ...worldFailures(world).flatMap((failure) => failureBlock(failure, where, columns, colours)),
];

const waitLines = (
  { unmetWaits }: WorldReport,
  where: string,
  columns: number,
  colours: Palette,
): readonly string[] => {
  const paint = (text: string): string => colours.verdict('unknown', text);
  return unmetWaits.flatMap(({ until, message, values }) => [
    ...headed(`${where}wait`, `${oneLine(until)}: ${oneLine(message)}`, { columns, hang: 2, paint }),
    ...indented(valueLines(values, columns - 4, until), 4),
  ]);
};

/** A failure: code, place and words, then its evidence and the remedy. */
export const failureBlock = (
  failure: Failure,
  where: string,
  columns: number,
  colours: Palette,
): readonly string[] => {
  const { code, evidence, remedy } = failure;
  const rest = [...evidence, ...(remedy === '' ? [] : [`→ ${remedy}`])].flatMap((item) => visibleLines(item));
  const paint = (text: string): string => colours.verdict('unknown', text);
  return [
    ...headed(`${where}${visible(code)}:`, oneLine(sentenceOf(failure)), { columns, hang: 2, paint }),
    ...indented(
      rest.flatMap((line) => wrapped(line, columns - 2)),
      2,
    ),
  ];
};
