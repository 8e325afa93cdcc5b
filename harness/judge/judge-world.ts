import type { WorldReport } from '../domain/world-report.js';
import type { Observation } from '../domain/observation.js';
import { judgeExpression, type Judgement } from './judgement.js';
import { lastObservation } from './end-of-world.js';
import { inferScope } from './infer-scope.js';
import { replayLines } from './replay.js';
import { typeScope } from './typed-scope.js';
import { worldNames, type Reading } from './world-names.js';

/** What an expression came to in a world. */
export interface WorldJudgement extends Judgement {
  /** The shell lines that show again the facts that were read for it. */
  replay(): readonly string[];
  /** The names of the probes that were read for it. */
  probes(): readonly string[];
}

/** One world to be judged, and the expressions that will be asked about. */
export interface JudgedWorld {
  readonly world: WorldReport;
  readonly expressions: readonly string[];
  /** What `pods`, `nodes` and `cluster` mean, where it is not the world's last observation. */
  readonly current?: Observation;
}

const probesRead = (readings: readonly Reading[]): readonly string[] => [
  ...new Set(readings.flatMap(({ from }) => ('read' in from ? from.name : []))),
];

/** Types the names of a world once, and judges expressions in it. */
export const judgeWorld = (judged: JudgedWorld): ((expression: string) => WorldJudgement) => {
  const { world } = judged;
  const scope = typeScope(inferScope(judged));
  return (expression) => {
    const readings: Reading[] = [];
    const current = judged.current ?? lastObservation(world);
    const names = worldNames(scope, world, current, (reading) => readings.push(reading));
    const judgement = judgeExpression(scope.compile(expression), names);
    return { ...judgement, replay: () => replayLines(readings), probes: () => probesRead(readings) };
  };
};
