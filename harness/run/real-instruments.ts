import { collect } from '../facts/collect.js';
import { judgeCondition } from '../judge/judge-condition.js';
import { judgeScenario } from '../judge/judge-scenario.js';
import { worldRecordOf } from '../judge/world-record-of.js';
import type { Instruments } from './instruments.js';

/** Facts read from real nodes, judged by CEL. */
export const realInstruments: Instruments = {
  collect: (name, subjects, signal) => collect(name, subjects, {}, signal),
  judgeCondition: (until, world, fresh) =>
    judgeCondition(
      until,
      Object.entries(world.let).map(([name, source]) => ({ name, source })),
      fresh,
      worldRecordOf(world),
    ),
  judgeScenario,
};
