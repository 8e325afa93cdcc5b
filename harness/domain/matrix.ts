import type { Report } from './report.js';
import type { Verdict } from './verdict.js';

/** The verdicts of claims on several CNI networks, side by side. Has no times and no identifiers, so that it can be committed. */
export interface Matrix {
  readonly apiVersion: 'netclaims.dev/v1';
  readonly kind: 'Matrix';
  /** The networks, as they were asked for. */
  readonly networks: readonly string[];
  readonly claims: readonly MatrixClaim[];
}

export interface MatrixClaim {
  readonly name: string;
  readonly claim: string;
  /** By network. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  readonly expectations: readonly {
    readonly id: string;
    readonly says: string;
    readonly verdicts: Readonly<Record<string, Verdict>>;
  }[];
}

/** One cell that is not as it was expected; `expected` or `found` is undefined where only one of the matrices has it. */
export interface MatrixDifference {
  readonly network: string;
  readonly claim: string;
  /** undefined for the claim as a whole. */
  readonly expectation: string | undefined;
  readonly expected: Verdict | undefined;
  readonly found: Verdict | undefined;
}

/** Puts the reports of the same scenarios on several networks side by side; claims and expectations in the order of the first. */
export const matrixOf = (
  columns: readonly { readonly network: string; readonly report: Report }[],
): Matrix => {
  const scenarios = columns.map(({ network, report }) => ({
    network,
    byName: new Map(report.scenarios.map((scenario) => [scenario.name, scenario])),
  }));
  return {
    apiVersion: 'netclaims.dev/v1',
    kind: 'Matrix',
    networks: columns.map(({ network }) => network),
    claims: (columns[0]?.report.scenarios ?? []).map(({ name, claim, expectations }) => ({
      name,
      claim,
      verdicts: verdictsIn(scenarios.map(({ network, byName }) => [network, byName.get(name)?.verdict])),
      expectations: expectations.map(({ id, says }) => ({
        id,
        says,
        verdicts: verdictsIn(
          scenarios.map(({ network, byName }) => [
            network,
            byName.get(name)?.expectations.find((one) => one.id === id)?.verdict,
          ]),
        ),
      })),
    })),
  };
};

const verdictsIn = (
  entries: readonly (readonly [network: string, verdict: Verdict | undefined])[],
): Readonly<Record<string, Verdict>> =>
  Object.fromEntries(
    entries.flatMap(([network, verdict]) => (verdict === undefined ? [] : [[network, verdict] as const])),
  );

/** Whether a row is not the same on all networks. */
export const differs = ({ verdicts }: Pick<MatrixClaim, 'verdicts'>, networks: readonly string[]): boolean =>
  new Set(networks.map((network) => verdicts[network])).size > 1;

/** Every cell in which two matrices are not alike, better or worse, and what only one of them has. */
export const matrixDifferences = (expected: Matrix, found: Matrix): readonly MatrixDifference[] => {
  const networks = [...new Set([...expected.networks, ...found.networks])];
  const [before, after] = [cellsOf(expected), cellsOf(found)];
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return networks.flatMap((network) =>
    keys.flatMap((key) => {
      const [was, is] = [before.get(key)?.[network], after.get(key)?.[network]];
      const [claim = '', expectation] = key.split(' ');
      return was === is ? [] : [{ network, claim, expectation, expected: was, found: is }];
    }),
  );
};

/** The verdicts of each row, by `CLAIM` or `CLAIM EXPECTATION`. */
const cellsOf = ({ claims }: Matrix): ReadonlyMap<string, MatrixClaim['verdicts']> =>
  new Map(
    claims.flatMap(({ name, verdicts, expectations }) => [
      [name, verdicts] as const,
      ...expectations.map((expectation) => [`${name} ${expectation.id}`, expectation.verdicts] as const),
    ]),
  );
