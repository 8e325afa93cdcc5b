import { EvaluationError, type ASTNode } from '@marcbachmann/cel-js';
import { celText } from './cel-text.js';
import { celPath } from './fact-place.js';
import { FactView, placeOf } from './fact-view.js';
import { absent, failed, NoValue } from './no-value.js';
import { sourceText } from './source-text.js';
import type { Evaluated } from './trace.js';

const shownNames = 10;

/** Says what an error means that arose in this part of an expression, whose own parts came to these values. */
export const noValueOf = (
  error: unknown,
  source: string,
  node: ASTNode,
  parts: readonly Evaluated[],
): NoValue => {
  if (error instanceof NoValue) return error;
  if (!(error instanceof EvaluationError))
    return failed(error instanceof Error ? error.message : String(error));
  if (node.op === '.' || node.op === '[]') {
    const [picked, index] = parts;
    const from = placeOf(picked?.value);
    const name = from === undefined ? sourceText(source, node.args[0]) : celPath(from);
    const key =
      node.op === '.' ? node.args[1] : node.args[1].op === 'value' ? node.args[1].args : index?.value;
    if (error.code === 'index_out_of_bounds') return absent(noItem(name, key, picked?.value));
    if (error.code === 'no_such_key' && !(picked?.value instanceof FactView)) {
      return absent(noEntry(name, key, picked?.value));
    }
  }
  return failed(error.summary);
};

const noItem = (name: string, index: unknown, list: unknown): string => {
  const size = Array.isArray(list) ? list.length : 0;
  return `${name} has no item ${String(index)}; it has ${size === 1 ? '1 item' : `${size} items`}`;
};

const noEntry = (name: string, key: unknown, map: unknown): string => {
  const missing = `${name} has no entry ${typeof key === 'string' ? JSON.stringify(key) : String(key)}`;
  if (!(map instanceof Map)) return `${missing}; it is ${celText(map)}`;
  const names = [...map.keys()].map(String);
  if (names.length === 0) return `${missing}; it is empty`;
  const more = names.length > shownNames ? ` and ${names.length - shownNames} more` : '';
  return `${missing}; it has: ${names.slice(0, shownNames).join(', ')}${more}`;
};
