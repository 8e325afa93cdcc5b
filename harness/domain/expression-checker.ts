/** The names an expression may use beside `pods`, `nodes`, `cluster` and `probes`. */
export interface ExpressionScope {
  /** The `let` entries in order, each as its CEL source. */
  readonly let: readonly { readonly name: string; readonly source: string }[];
  readonly observations: readonly string[];
  readonly probes: readonly string[];
}

/** A mistake in an expression: offsets into its source, the end exclusive. */
export interface ExpressionMistake {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** A name that an expression picks out of a map of pods or containers with a constant, e.g. `pods.web.containers.app`. */
export interface NamedReference {
  readonly pod: string;
  readonly container: string | undefined;
  readonly start: number;
  readonly end: number;
}

/** A place where an expression reads facts of nodes. */
export interface NodeRead {
  /** The part that does, as it was written: `nodes`, `before.nodes`, or an observation that is used whole. */
  readonly text: string;
  /** The `let` entry that it stands in; undefined for the expression itself. */
  readonly via: string | undefined;
}

/** What an expression must come to: `bool` for claims, `text` for what a command is given, anything for `let`. */
export type ExpectedType = 'bool' | 'text' | 'any';

/** Checks expressions against the types of the facts without any facts. Implemented by judge/, used by scenario/ when it loads a file. */
export interface ExpressionChecker {
  /** Type-checks one expression. At most one mistake, the first. */
  check(source: string, scope: ExpressionScope, expected: ExpectedType): ExpressionMistake | undefined;
  /** The pods and containers that a valid expression names by constants, directly and not through a `let` name. */
  references(source: string): readonly NamedReference[];
  /** Where a valid expression reads facts of nodes, itself or through the `let` entries that it uses. */
  nodeReads(source: string, scope: ExpressionScope): readonly NodeRead[];
  /** Whether a name cannot be used for an observation, a probe or a `let` entry because CEL or the facts own it. */
  isReserved(name: string): boolean;
}
