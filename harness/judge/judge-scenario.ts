import { sentenceOf } from '../domain/failure.js';
import type { ControlReport, ExpectationReport } from '../domain/report.js';
import { worstVerdict, type Verdict } from '../domain/verdict.js';
import type { UnmetWait, WorldReport } from '../domain/world-report.js';
import { withinScenario } from './cost.js';
import { judgeWorld, type WorldJudgement } from './judge-world.js';

/** What of a scenario's report its verdicts are made from. */
export interface JudgedScenario extends WorldReport {
  readonly expectations: readonly ExpectationText[];
  readonly controls: readonly ControlReport[];
}

/** An expectation as the scenario file has it. */
export type ExpectationText = Pick<ExpectationReport, 'id' | 'says' | 'that' | 'line'>;

export interface ScenarioJudgement {
  readonly verdict: Verdict;
  /** In the order given. */
  readonly expectations: readonly ExpectationReport[];
}

/**
 * Judges all expectations of a scenario, in its own world and in its controls, from nothing but its report. Pure.
 *
 * An expectation that is refuted or unknown in its own world is that. One that holds there is `vacuous` if it holds in a control as
 * well, else `unknown` if a control could not be judged, else it holds: `uncontrolled` when no control refuted it. An unmet wait
 * refutes all expectations of its own world; in a control it is only the reason of what was not observed. In a world whose ground was
 * lost all of them are unknown. What the cluster cannot have is not-applicable, and such a control does not count.
 */
export const judgeScenario = (scenario: JudgedScenario): ScenarioJudgement =>
  withinScenario(() => judged(scenario));

const judged = (scenario: JudgedScenario): ScenarioJudgement => {
  const ownWorld = judgesOf(scenario, scenario.expectations);
  const controls = scenario.controls.map((control) => ({
    ...control,
    judge: judgesOf(
      control,
      scenario.expectations.filter(({ id }) => control.refutes.includes(id)),
    ),
  }));
  const expectations = scenario.expectations.map(({ id, says, that, line }): ExpectationReport => {
    const own = (scenario.groundLost === undefined ? refutedByWaits(scenario) : undefined) ?? ownWorld(that);
    const inControls = controls
      .filter(({ refutes }) => refutes.includes(id))
      .map(({ name, judge }): ControlJudgement => ({ name, ...judge(that) }));
    return {
      id,
      says,
      that,
      ...(line === undefined ? {} : { line }),
      ...concluded(own, inControls),
      values: own.values,
      // Where the scenario itself cannot be had, its controls cannot either, and are controls all the same.
      uncontrolled: !inControls.some(
        ({ verdict }) => verdict !== 'not-applicable' || own.verdict === 'not-applicable',
      ),
      controls: inControls.map(({ name, verdict, because }) => ({ name, verdict, because })),
    };
  });
  return { verdict: worstVerdict(expectations.map(({ verdict }) => verdict)), expectations };
};

type JudgementHere = Omit<WorldJudgement, 'verdict'> & {
  readonly verdict: WorldJudgement['verdict'] | 'not-applicable';
};
type ControlJudgement = JudgementHere & { readonly name: string };

/** Judges expressions in a world, or says that the cluster cannot have it. */
const judgesOf = (
  world: WorldReport,
  expectations: readonly ExpectationText[],
): ((that: string) => JudgementHere) => {
  const { notApplicable, groundLost } = world;
  if (notApplicable !== undefined) {
    return () => ({
      verdict: 'not-applicable',
      because: notApplicable,
      values: [],
      replay: () => [],
      probes: () => [],
    });
  }
  if (groundLost !== undefined) {
    // Also what was seen before: the death precedes its notice.
    const because = `what the world stood on was lost: ${sentenceOf(groundLost)}`;
    return () => ({ verdict: 'unknown', because, values: [], replay: () => [], probes: () => [] });
  }
  return judgeWorld({
    world,
    expressions: expectations.map(({ that }) => that),
  });
};

const refutedByWaits = ({ unmetWaits }: WorldReport): WorldJudgement | undefined =>
  unmetWaits.length === 0
    ? undefined
    : {
        verdict: 'refuted',
        because: unmetWaits.map(sentence).join('; '),
        values: unmetWaits.flatMap(({ values }) => values),
        replay: () => [],
        probes: () => [],
      };

/** The wait's message, with the values that it does not show itself. */
const sentence = ({ message, values }: UnmetWait): string => {
  const more = values
    .map(({ expression, value }) => `${expression} = ${value}`)
    .filter((text) => !message.includes(text));
  return more.length === 0 ? message : `${message}: ${more.join(', ')}`;
};

const concluded = (
  own: JudgementHere,
  controls: readonly ControlJudgement[],
): Pick<ExpectationReport, 'verdict' | 'because' | 'replay' | 'probesRead'> => {
  const { verdict, because } = own;
  if (verdict !== 'holds') return { verdict, because, ...shownAgain(own) };
  const alsoHolds = controls.find((control) => control.verdict === 'holds');
  if (alsoHolds !== undefined) {
    return {
      verdict: 'vacuous',
      because: `it holds in the control ${JSON.stringify(alsoHolds.name)} as well`,
      ...shownAgain(alsoHolds, alsoHolds.name),
    };
  }
  const unjudged = controls.find((control) => control.verdict === 'unknown');
  if (unjudged !== undefined) {
    return {
      verdict: 'unknown',
      because: `the control ${JSON.stringify(unjudged.name)} could not be judged: ${unjudged.because}`,
      ...shownAgain(unjudged, unjudged.name),
    };
  }
  return { verdict, because, replay: [] };
};

/** What a judgement was made from, for whoever doubts it. */
const shownAgain = (
  { replay, probes }: JudgementHere,
  control?: string,
): Pick<ExpectationReport, 'replay' | 'probesRead'> => {
  const read = probes().map((name) => (control === undefined ? { name } : { name, control }));
  return { replay: replay(), ...(read.length === 0 ? {} : { probesRead: read }) };
};
