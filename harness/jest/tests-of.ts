import type { Scenario } from '../domain/scenario.js';

/** A Jest test of a scenario: of an expectation by its id, or of a control by its name. */
export interface ScenarioTest {
  /** Below the scenario's name. */
  readonly name: string;
  readonly subject: { readonly expectation: string } | { readonly control: string };
  /** Why the cluster cannot have what it needs. */
  readonly notApplicable: string | undefined;
}

/** Why the cluster cannot have a scenario's own world, and those of its controls in order; undefined where it can. */
export interface Obstacles {
  readonly own: string | undefined;
  readonly controls: readonly (string | undefined)[];
}

/** All tests of a scenario, in the order of its file. */
export const testsOf = (scenario: Scenario, obstacles: Obstacles): readonly ScenarioTest[] => {
  const { expectations, controls } = scenario;
  const named = (
    name: string,
    subject: ScenarioTest['subject'],
    obstacle: string | undefined,
  ): ScenarioTest => ({
    name: obstacle === undefined ? name : `${name} (not applicable: ${obstacle})`,
    subject,
    notApplicable: obstacle,
  });
  return [
    ...expectations.map(({ id, says }) => {
      const controlled = controls.some(
        ({ refutes }, index) => refutes.includes(id) && obstacles.controls[index] === undefined,
      );
      const mark = controlled || obstacles.own !== undefined ? '' : ' (uncontrolled)';
      return named(`${id}: ${says}${mark}`, { expectation: id }, obstacles.own);
    }),
    ...controls.map(({ name, refutes }, index) =>
      named(
        `control: ${name} refutes ${refutes.join(', ')}`,
        { control: name },
        obstacles.own ?? obstacles.controls[index],
      ),
    ),
  ];
};

/** The tests that Jest runs when it is given a pattern of names, as by `-t`. */
export const matchedTests = (
  { name: scenario }: Scenario,
  tests: readonly ScenarioTest[],
  testNamePattern: string | undefined,
): readonly ScenarioTest[] => {
  const pattern = new RegExp(testNamePattern ?? '', 'i');
  return tests.filter(({ name }) => pattern.test(`${scenario} ${name}`));
};

/** The part of a scenario that tests need: an expectation with all its controls, a control with all that it refutes. */
export const neededPart = (scenario: Scenario, tests: readonly ScenarioTest[]): Scenario => {
  const subjects = tests.map(({ subject }) => subject);
  const tested = subjects.flatMap((subject) => ('expectation' in subject ? subject.expectation : []));
  const testedControls = subjects.flatMap((subject) => ('control' in subject ? subject.control : []));
  const controls = scenario.controls.filter(
    ({ name, refutes }) => testedControls.includes(name) || refutes.some((id) => tested.includes(id)),
  );
  const ids = new Set([
    ...tested,
    ...controls.filter(({ name }) => testedControls.includes(name)).flatMap(({ refutes }) => refutes),
  ]);
  return {
    ...scenario,
    expectations: scenario.expectations.filter(({ id }) => ids.has(id)),
    controls: controls.map((control) => ({
      ...control,
      refutes: control.refutes.filter((id) => ids.has(id)),
    })),
  };
};
