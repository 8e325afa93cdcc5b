import { collect } from '../facts/collect.js';
import type { WorldReport } from '../domain/report.js';
import { evaluateText } from '../judge/evaluate-text.js';
import { judgeCondition } from '../judge/judge-condition.js';
import { judgeScenario } from '../judge/judge-scenario.js';
import { worldRecordOf } from '../judge/world-record-of.js';
import type { Instruments } from './instruments.js';

const entriesOf = (world: WorldReport) =>
  Object.entries(world.let).map(([name, source]) => ({ name, source }));

/** Facts read from real nodes, judged by CEL. */
export const realInstruments: Instruments = {
  collect: (name, subjects, signal) => collect(name, subjects, {}, signal),
  judgeCondition: (until, world, fresh) =>
    judgeCondition(until, entriesOf(world), fresh, worldRecordOf(world)),
  evaluateText: (source, world) => evaluateText(source, entriesOf(world), worldRecordOf(world)),
  judgeScenario,
};
