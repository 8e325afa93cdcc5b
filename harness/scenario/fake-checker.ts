import type { ExpressionChecker, ExpressionMistake, ExpressionScope } from '../domain/expression-checker.js';
import { factTypes } from '../domain/fact-table.js';

/**
 * Stands in for judge/ in this folder's tests: knows names, fields by their names alone, and parentheses. The real one checks types.
 */
export const fakeChecker: ExpressionChecker = {
  check: (source, scope, expected) =>
    unbalanced(source) ?? unknownName(source, scope) ?? (expected === 'bool' ? notBool(source) : undefined),
  references: (source) =>
    [...source.matchAll(/\bpods(?:\.(\w+)|\["([^"]+)"\])(?:\.containers(?:\.(\w+)|\["([^"]+)"\]))?/g)].map(
      (match) => ({
        pod: match[1] ?? match[2] ?? '',
        container: match[3] ?? match[4],
        start: match.index,
        end: match.index + match[0].length,
      }),
    ),
  nodeReads: (source) => (/\bnodes\b/.test(source) ? [{ text: 'nodes', via: undefined }] : []),
  isReserved: (name) => [...ownNames, 'in', 'true', 'false', 'null'].includes(name),
};

const ownNames = ['pods', 'nodes', 'cluster', 'probes'];
const maps = ['pods', 'nodes', 'containers', 'link', 'ipam'];
const fields = new Set(Object.values(factTypes).flatMap((type) => Object.keys(type.fields)));

const unbalanced = (source: string): ExpressionMistake | undefined => {
  const open = source.split('(').length - source.split(')').length;
  return open === 0
    ? undefined
    : { message: 'the expression ends too early', start: source.length, end: source.length };
};

const unknownName = (source: string, scope: ExpressionScope): ExpressionMistake | undefined => {
  const known = [
    ...ownNames,
    ...scope.observations,
    ...scope.let.map(({ name }) => name),
    'size',
    'true',
    'false',
  ];
  const tokens = [...source.matchAll(/\/\/.*|"[^"]*"|'[^']*'|[A-Za-z_]\w*|\d+|\S/g)];
  for (const [index, { 0: name, index: start }] of tokens.entries()) {
    if (!/^[A-Za-z_]/.test(name)) continue;
    const end = start + name.length;
    const owner = tokens[index - 2]?.[0] ?? '';
    if (tokens[index - 1]?.[0] !== '.') {
      if (!known.includes(name)) return { message: `there is no name "${name}"`, start, end };
    } else if (owner === 'probes') {
      if (!scope.probes.includes(name)) return { message: `there is no probe "${name}"`, start, end };
    } else if (
      !maps.includes(owner) &&
      !fields.has(name) &&
      !known.includes(name) &&
      tokens[index + 1]?.[0] !== '('
    ) {
      return { message: `there is no field "${name}"`, start, end };
    }
  }
  return undefined;
};

const notBool = (source: string): ExpressionMistake | undefined =>
  /[=<>!&|]|\btrue\b|\bv\b/.test(source)
    ? undefined
    : { message: 'this must be true or false', start: 0, end: source.length };
