import { waitingFor } from '../domain/cluster-lock.js';
import { sentenceOf } from '../domain/failure.js';
import { countVerdicts } from '../domain/report.js';
import type { RunEvent, RunObserver, WorldName } from '../domain/run-event.js';
import { cut } from './layout.js';
import { palette, verdictWord, type Palette } from './palette.js';
import { duration, totalsText } from './phrases.js';
import { advanced, idle, type ActiveWorld, type ProgressState } from './progress-state.js';
import { visible } from './visible.js';

/** Where progress is shown. */
export interface ProgressScreen {
  readonly write: (text: string) => void;
  /** Whether what was written can be written over. */
  readonly live: boolean;
  readonly colour: boolean;
  /** Asked for at each drawing, so that a window may change its size. */
  readonly columns: number;
}

export interface Progress {
  readonly observe: RunObserver;
  /** Ends the display: a live one leaves nothing on the screen but what went wrong. */
  readonly finish: () => void;
}

/** Shows nothing. */
export const noProgress: Progress = { observe: () => undefined, finish: () => undefined };

/** Shows what a run is doing: on a live screen a block that is drawn anew with each event, else a line for each event that matters. */
export const showProgress = (screen: ProgressScreen): Progress =>
  screen.live ? liveProgress(screen) : plainProgress(screen);

const plainProgress = (screen: ProgressScreen): Progress => ({
  observe: (event) => {
    for (const line of plainLines(event, palette(screen.colour))) screen.write(`${line}\n`);
  },
  finish: () => undefined,
});

const liveProgress = (screen: ProgressScreen): Progress => {
  let state = idle;
  let drawn = 0;
  const draw = (lasting: readonly string[], block: readonly string[]): void => {
    const erase = drawn === 0 ? '' : `\u001b[${drawn}F\u001b[0J`;
    const text = [...lasting, ...block].map((line) => `${line}\n`).join('');
    if (erase + text !== '') screen.write(erase + text);
    drawn = block.length;
  };
  return {
    observe: (event) => {
      state = advanced(state, event);
      const colours = palette(screen.colour);
      // The report tells of scenarios; what a live screen keeps is what would otherwise be gone with its block.
      draw(
        isFailure(event) ? plainLines(event, colours) : [],
        blockLines(state, screen.columns - 1, colours),
      );
    },
    finish: () => draw([], []),
  };
};

/** More worlds than this are counted, so that the block never outgrows a screen: it could not be erased then. */
const mostWorlds = 8;

const blockLines = (state: ProgressState, width: number, colours: Palette): readonly string[] => {
  const { phase, scenarios, finished, worlds } = state;
  const line = (text: string): string => cut(visible(text), width);
  const verdicts = totalsText(countVerdicts(finished));
  const hidden = worlds.length - mostWorlds;
  return [
    ...(phase === undefined ? [] : [line(`cluster: ${phase}`)]),
    ...worlds.slice(0, mostWorlds).map((world) => line(worldLine(world))),
    ...(hidden > 0 ? [line(`and ${hidden} more`)] : []),
    ...(scenarios === undefined
      ? []
      : [
          colours.quiet(
            line(`${finished.length} of ${scenarios} scenarios${verdicts === '' ? '' : `: ${verdicts}`}`),
          ),
        ]),
  ];
};

const worldLine = (world: ActiveWorld): string => {
  const { step, steps } = world;
  if (step === undefined) return worldTitle(world);
  const number = step.index === 0 ? '' : `${step.index}/${steps} `;
  return `${worldTitle(world)}: ${number}${step.title}`;
};

const worldTitle = ({ scenario, control }: WorldName): string =>
  control === null ? scenario : `${scenario}, control "${control}"`;

const isFailure = (event: RunEvent): boolean =>
  event.kind === 'waiting' ||
  (event.kind === 'world-finished' && event.failure !== null) ||
  (event.kind === 'scenario-finished' && (event.kept ?? []).length > 0);

/** What a log keeps of an event. The steps are not in it: a step that failed is the failure of its world. */
const plainLines = (event: RunEvent, colours: Palette): readonly string[] => {
  switch (event.kind) {
    case 'cluster-phase':
      return [visible(`cluster: ${event.phase}`)];
    case 'cluster-ready':
      return [visible(`cluster: ready, ${event.cluster} (${duration(event.elapsedMs)})`)];
    case 'waiting':
      return [visible(waitingFor(event.holder))];
    case 'scenario-started':
      return [visible(`${event.scenario}: started`)];
    case 'world-finished':
      return event.failure === null
        ? []
        : [
            colours.verdict(
              'unknown',
              visible(
                `${worldTitle(event)}: ${event.failure.code}: ${sentenceOf(event.failure).split('\n')[0] ?? ''}`,
              ),
            ),
          ];
    case 'scenario-finished':
      return [
        `${visible(event.scenario)}: ${colours.verdict(event.verdict, verdictWord(event.verdict))} (${duration(event.durationMs)})`,
        ...(event.kept ?? []).map((namespace) => visible(`${event.scenario}: kept namespace ${namespace}`)),
      ];
    case 'run-started':
    case 'world-started':
    case 'step-started':
    case 'step-finished':
      return [];
  }
};
