import { failed, type NoValue } from './no-value.js';

/** How many steps one expression may take, and all expressions of a scenario together. A step is one part that is evaluated. */
export const mostSteps = 1_000_000;
const mostStepsOfScenario = 5 * mostSteps;

/** Steps that are left: to the expression at work, and to the scenario that is judged. */
let ofExpression = Number.POSITIVE_INFINITY;
let ofScenario = Number.POSITIVE_INFINITY;

/**
 * Pays for an evaluation. Nothing that is asked for once the limit is passed is evaluated any more, so that the loops around it end soon.
 * @throws NoValue when the limit is passed
 */
export const spend = (steps: number): void => {
  ofExpression -= steps;
  if (ofExpression < 0) throw tooMuch();
};

/** Steps for a text that is read: it takes its time too. */
export const stepsForText = (text: string): number => text.length >>> 10;

/** The same for a search by a regular expression, which looks at each character with care. */
export const stepsForSearch = (text: string): number => text.length >>> 4;

/** Evaluates one expression, with what it uses, within its limit. */
export const withinExpression = <T>(work: () => T): T => {
  if (ofExpression !== Number.POSITIVE_INFINITY) return work();
  const granted = Math.min(mostSteps, ofScenario);
  ofExpression = granted;
  try {
    return work();
  } finally {
    ofScenario -= granted - Math.max(0, ofExpression);
    ofExpression = Number.POSITIVE_INFINITY;
  }
};

/** Judges a scenario within a limit of its own: judging is not interrupted, so it must end. */
export const withinScenario = <T>(work: () => T): T => {
  ofScenario = mostStepsOfScenario;
  try {
    return work();
  } finally {
    ofScenario = Number.POSITIVE_INFINITY;
  }
};

const tooMuch = (): NoValue =>
  failed(`judging takes more than ${mostSteps} steps: write it with fewer loops, or over fewer items`);
