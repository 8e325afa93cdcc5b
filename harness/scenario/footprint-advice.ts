import { decisiveReasons, mostOf, type FootprintReason, type Touches } from '../domain/footprint.js';
import { worldsOf, type Scenario } from '../domain/scenario.js';

/** How a scenario could run faster, for its author: `file:line:column advice: …`, once for each place. */
export const footprintAdvice = (scenario: Scenario): readonly string[] => [
  ...new Set(
    worldsOf(scenario).flatMap(({ footprint }) =>
      decisiveReasons(footprint).flatMap(({ narrow, why, file, position, touches }) =>
        narrow === undefined
          ? []
          : [`${file}:${position.line}:${position.column} advice: ${why}, so ${cost(touches)}; ${narrow}`],
      ),
    ),
  ),
];

const cost = (touches: Touches): string =>
  touches === 'changes-nodes'
    ? 'its world gets nodes that no other world uses'
    : 'its world has its nodes to itself';

/** What the worlds of a scenario touch together, with the reasons of all of them, each once. */
export const scenarioFootprint = (
  scenario: Scenario,
): { readonly touches: Touches; readonly reasons: readonly FootprintReason[] } => {
  const footprints = worldsOf(scenario).map(({ footprint }) => footprint);
  const reasons = footprints.flatMap((footprint) => footprint.reasons);
  return {
    touches: mostOf(footprints.map(({ touches }) => touches)),
    reasons: [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()],
  };
};
