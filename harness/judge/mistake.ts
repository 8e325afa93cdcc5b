import {
  ParseError,
  TypeError as CelTypeError,
  type ASTNode,
  type SourceRange,
  type TypeDeclaration,
} from '@marcbachmann/cel-js';
import type { ExpressionMistake } from '../domain/expression-checker.js';
import { matchesName } from './matches.js';
import { constantPick } from './syntax.js';
import { nearestName } from '../domain/nearest-name.js';
import { syntaxMessage } from './syntax-message.js';

/** What can be misspelt. */
export interface KnownNames {
  readonly variables: readonly string[];
  /** The fields of a type; undefined for a type that has none. */
  fieldsOf(type: string): readonly string[] | undefined;
}

/** What is wrong with an expression, for people: where, and what was most likely meant. */
export const mistakeOf = (error: unknown, source: string, known: KnownNames): ExpressionMistake => {
  if (error instanceof ParseError) {
    const { start, end } = error.range ?? { start: 0, end: source.length };
    return { message: syntaxMessage(error.code, error.summary, source.slice(start, end)), start, end };
  }
  if (!(error instanceof CelTypeError)) throw error;
  const node = error.node;
  const { start, end } = rangeOf(error, node) ?? { start: 0, end: source.length };
  return { message: typeMessage(error, node, known), start, end };
};

/** Of a field that is not there, its name; of anything else, all of it. */
const rangeOf = (error: CelTypeError, node: ASTNode | undefined): SourceRange | undefined => {
  const isOfField = error.code === 'no_such_key' || error.code === 'cannot_index_type';
  if (!isOfField) return node?.range;
  return node?.op === '[]' ? node.args[1].range : error.range;
};

const listedNames = 20;

/** `WHAT "name": did you mean "nearest"?`, or a list of what there is, where it is short. */
export const noSuch = (what: string, name: string, candidates: readonly string[]): string => {
  const nearest = nearestName(name, candidates);
  if (nearest !== undefined)
    return `${what} ${JSON.stringify(name)}: did you mean ${JSON.stringify(nearest)}?`;
  const list = candidates.length > listedNames ? '' : `; known: ${candidates.join(', ') || 'none'}`;
  return `${what} ${JSON.stringify(name)}${list}`;
};

const typeMessage = (error: CelTypeError, node: ASTNode | undefined, known: KnownNames): string => {
  const { code, summary } = error;
  if (code === 'unknown_variable' && node?.op === 'id') {
    return noSuch('there is no name', node.args, known.variables);
  }
  const pick = node === undefined ? undefined : constantPick(node);
  if (code === 'no_such_key' && pick !== undefined) {
    const type = typeOf(pick.from) ?? '';
    const what = type === 'Probes' ? 'there is no probe' : `${type} has no field`;
    return noSuch(what, pick.name, known.fieldsOf(type) ?? []);
  }
  if (code === 'cannot_index_type' && pick !== undefined) {
    return `${typeOf(pick.from) ?? 'this'} has no field ${JSON.stringify(pick.name)}`;
  }
  if (code === 'invalid_macro_argument' && summary.startsWith('has()')) {
    return 'has() takes a path that ends in a name, such as has(pods.web); for a key in quotes write "key" in pods';
  }
  if (code === 'no_such_overload') {
    return `${summary.replace('no such overload: ', '')} is not possible: these types do not go together`;
  }
  if (code === 'no_matching_overload') {
    return summary
      .replace(matchesName, 'matches')
      .replace(/^found no matching overload for '(.*)'$/, 'there is no function $1');
  }
  return summary.charAt(0).toLowerCase() + summary.slice(1);
};

/** What the type checker left on a node; cel-js does not declare it. */
const typeOf = (node: ASTNode): string | undefined =>
  (node as { readonly checkedType?: TypeDeclaration }).checkedType?.name;
