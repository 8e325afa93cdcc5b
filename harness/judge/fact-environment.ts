import { Environment, type ASTNode } from '@marcbachmann/cel-js';
import { factTypes, type FactType, type FactTypeName } from '../domain/fact-table.js';
import { containsIP } from './contains-ip.js';
import { FactView, viewTypes } from './fact-view.js';
import { matches, matchesName } from './matches.js';

/** A type of the table as CEL names it: its maps are keyed by names. */
export const celType = (type: string): string => type.replace(/map<(\w+)>/, 'map<string, $1>');

/** The names that expressions have without any scenario, with their types. */
export const factNames = {
  pods: 'map<string, Pod>',
  nodes: 'map<string, Node>',
  cluster: 'Cluster',
} as const;

/**
 * CEL's own `has` refuses a path with brackets (`has(pods["two-words"].link.eth0)`) and overlooks a misspelt field. This one, under a
 * name of the same length so that offsets stay, takes any `x.name` as the specification does; compile.ts puts it in place.
 */
export const hasMacro = 'HAS';

interface Runner {
  readonly check: (node: ASTNode, context: unknown) => unknown;
  readonly getType: (name: string) => unknown;
  readonly run: (node: ASTNode, context: unknown) => unknown;
}

/** Reading a field of facts throws when it is unreadable, so that `has` is then unknown as well. */
const hasField = (value: unknown, name: string): boolean => {
  if (value instanceof Map) return value.has(name);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Reflect.get(value, name) !== undefined;
};

/** CEL with the types of all facts. Scenarios clone it and add their names. */
export const factEnvironment = (() => {
  const environment = new Environment();
  for (const name of Object.keys(factTypes) as FactTypeName[]) {
    const { fields }: FactType = factTypes[name];
    const types = Object.entries(fields).map(([field, [type]]) => [field, celType(type)] as const);
    environment.registerType(name, {
      ctor: viewTypes[name],
      fields: Object.fromEntries(types),
    });
    environment.registerOperator(`${name} == ${name}`, (a: FactView, b: FactView) => FactView.equal(a, b));
  }
  // As a method of the range, since Kubernetes' own `cidr(range).containsIP(address)` has a type that facts have not.
  environment.registerFunction('string.containsIP(string): bool', containsIP);
  environment.registerFunction(`string.${matchesName}(string): bool`, matches);
  return environment.registerFunction(`${hasMacro}(ast): bool`, ({ args }: { args: readonly [ASTNode] }) => ({
    async: false,
    typeCheck: (checker: Runner, _macro: unknown, context: unknown) => {
      checker.check(args[0], context);
      return checker.getType('bool');
    },
    evaluate: (evaluator: Runner, _macro: unknown, context: unknown) => {
      const [operand, name] = args[0].args as readonly [ASTNode, string];
      return hasField(evaluator.run(operand, context), name);
    },
  }));
})();

/** All functions and macros that there are. */
export const functionNames = [
  ...new Set(factEnvironment.getDefinitions().functions.map(({ name }) => name)),
].filter((name) => name !== hasMacro && name !== matchesName);
