import type { Environment } from '@marcbachmann/cel-js';
import type { ExpressionMistake, ExpressionScope } from '../domain/expression-checker.js';
import { factTypes, type FactTypeName } from '../domain/fact-table.js';
import { compile, isMistake, type CompiledExpression } from './compile.js';
import { factEnvironment, factNames } from './fact-environment.js';
import { ObservationView, ProbesView } from './lazy-fields.js';
import type { KnownNames } from './mistake.js';
import { leftmostName } from './syntax.js';

/** The names of a scenario with their types. */
export interface TypedScope {
  readonly observations: readonly string[];
  readonly probes: readonly string[];
  readonly lets: readonly TypedLet[];
  /** Parses and type-checks an expression; once, however often it is asked for. */
  compile(source: string): CompiledExpression | ExpressionMistake;
}

export interface TypedLet {
  readonly name: string;
  readonly expression: CompiledExpression | ExpressionMistake;
  /** Means the observation at hand, so that `before.name` is one of its forms. */
  readonly relative: boolean;
}

/** Types the names of a scenario. What cannot be a name is left out, and the last of equal ones counts: saying so is for the loader. */
export const typeScope = (scope: ExpressionScope): TypedScope => {
  const observations = unique(scope.observations.filter((name) => !isReserved(name)));
  const probes = unique(scope.probes.filter((name) => !isReserved(name)));
  const lets: TypedLet[] = [];
  const absolute = new Set(observations);
  let typed = environmentOf(observations, probes, lets);
  for (const { name, source } of scope.let) {
    if (isReserved(name)) continue;
    const expression = compile(source, typed.environment, typed.known);
    const relative = isMistake(expression) || !absolute.has(leftmostName(expression.ast) ?? '');
    if (!relative) absolute.add(name);
    lets.push({ name, expression, relative });
    typed = environmentOf(observations, probes, lets);
  }

  const { environment, known } = typed;
  const compiled = new Map<string, CompiledExpression | ExpressionMistake>();
  return {
    observations,
    probes,
    lets,
    compile: (source) => {
      const result = compiled.get(source) ?? compile(source, environment, known);
      compiled.set(source, result);
      return result;
    },
  };
};

/** Whether CEL or the facts own a name. */
export const isReserved = (name: string): boolean => {
  if (name in factNames || name === 'probes' || name === 'constructor') return true;
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return false;
  try {
    return factEnvironment.hasVariable(name) || factEnvironment.parse(name).ast.op !== 'id';
  } catch {
    return true;
  }
};

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)];

/** A let entry with a mistake has any type: its mistake is told once, at its own place. */
const letType = ({ expression }: TypedLet): string =>
  isMistake(expression) ? 'dyn' : expression.type.replace(/\b[A-Z]\b/g, 'dyn');

const typesOf = (lets: readonly TypedLet[]): Types =>
  Object.fromEntries(lets.map((entry) => [entry.name, letType(entry)]));

type Types = Readonly<Record<string, string>>;

/** The environment for what comes after these let entries. A type cannot grow, so it is made anew after each. */
const environmentOf = (
  observations: readonly string[],
  probes: readonly string[],
  lets: readonly TypedLet[],
): { readonly environment: Environment; readonly known: KnownNames } => {
  const observationFields: Types = { ...factNames, ...typesOf(lets.filter(({ relative }) => relative)) };
  const probeFields: Types = Object.fromEntries(probes.map((name) => [name, 'Probe']));
  const variables: Types = {
    ...factNames,
    probes: 'Probes',
    ...Object.fromEntries(observations.map((name) => [name, 'Observation'])),
    ...typesOf(lets),
  };
  const environment = factEnvironment
    .clone()
    .registerType('Observation', { ctor: ObservationView, fields: observationFields })
    .registerType('Probes', { ctor: ProbesView, fields: probeFields });
  for (const [name, type] of Object.entries(variables)) environment.registerVariable(name, type);
  const known: KnownNames = {
    variables: Object.keys(variables),
    fieldsOf: (type) => {
      if (type === 'Observation') return Object.keys(observationFields);
      if (type === 'Probes') return Object.keys(probeFields);
      return type in factTypes ? Object.keys(factTypes[type as FactTypeName].fields) : undefined;
    },
  };
  return { environment, known };
};
