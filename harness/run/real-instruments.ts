import { collect } from '../facts/collect.js';
import { readFingerprint } from '../facts/fingerprint/read-fingerprint.js';
import { evaluateText } from '../judge/evaluate-text.js';
import { judgeCondition } from '../judge/judge-condition.js';
import { judgeScenario } from '../judge/judge-scenario.js';
import type { Instruments } from './instruments.js';

/** Facts read from real nodes, judged by CEL. */
export const realInstruments: Instruments = {
  collect: (name, subjects, signal) => collect(name, subjects, {}, signal),
  fingerprint: readFingerprint,
  judgeCondition,
  evaluateText,
  judgeScenario,
};
