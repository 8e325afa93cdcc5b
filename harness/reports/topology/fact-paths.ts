/** Facts that an expression reads: of an observation (the last where it names none), by the steps from its root. `*` is any name. */
export interface FactPath {
  readonly observation: string | undefined;
  readonly steps: readonly string[];
}

/** What an expression is written among. */
export interface PathScope {
  readonly let: Readonly<Record<string, string>>;
  readonly observations: readonly string[];
}

/**
 * The facts that expressions talk about, each once. This reads their text only as far as it takes to point at a picture: names, members
 * and indices. What a picture has no place for, such as a probe, is among them all the same.
 */
export const factPaths = (expressions: readonly string[], scope: PathScope): readonly FactPath[] => {
  const paths = expressions.flatMap((expression) => pathsIn(expression, scope, undefined, deepest));
  const all = [
    ...new Map(paths.map((path) => [`${path.observation ?? ''} ${path.steps.join('.')}`, path])).values(),
  ];
  // `pods.all(p, pods[p].link…)` is about what it asks of each, not about the pods as such.
  return all.filter(
    ({ steps, observation }) =>
      steps.length > 1 ||
      !all.some(
        (other) => other.steps.length > 1 && other.steps[0] === steps[0] && other.observation === observation,
      ),
  );
};

/** `let` entries name only earlier ones; this is for a report that was not written by us. */
const deepest = 20;

const quoted = String.raw`"(?:[^"\\]|\\.)*"`;
const index = String.raw`\[(?:[^[\]"]|${quoted}|\[[^[\]]*\])*\]`;
const chain = new RegExp(
  String.raw`${quoted}|[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*\b(?!\s*\()|\s*${index})*`,
  'g',
);
const step = new RegExp(String.raw`[A-Za-z_]\w*|${index}`, 'g');

const pathsIn = (
  text: string,
  scope: PathScope,
  observation: string | undefined,
  depth: number,
): readonly FactPath[] =>
  (text.match(chain) ?? [])
    .filter((part) => !part.startsWith('"'))
    .flatMap((part) => resolved((part.match(step) ?? []).map(nameOf), scope, observation, depth));

const nameOf = (text: string): string => {
  if (!text.startsWith('[')) return text;
  const [literal] = new RegExp(String.raw`(?<=^\[\s*)${quoted}(?=\s*\]$)`).exec(text) ?? [];
  return literal === undefined ? '*' : literal.slice(1, -1).replaceAll(/\\(.)/g, '$1');
};

const resolved = (
  [first = '', ...rest]: readonly string[],
  scope: PathScope,
  observation: string | undefined,
  depth: number,
): readonly FactPath[] => {
  if (scope.observations.includes(first)) return resolved(rest, scope, first, depth);
  const source = Object.hasOwn(scope.let, first) ? scope.let[first] : undefined;
  if (source !== undefined && depth > 0) {
    return pathsIn(source, scope, observation, depth - 1).map((path) => ({
      observation: path.observation ?? observation,
      steps: [...path.steps, ...rest],
    }));
  }
  return first === 'pods' || first === 'nodes' ? [{ observation, steps: [first, ...rest] }] : [];
};
