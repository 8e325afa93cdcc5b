import type { WorldReport } from '../domain/world-report.js';
import { celText } from './cel-text.js';
import { isMistake } from './compile.js';
import { lastObservation } from './end-of-world.js';
import { inferScope } from './infer-scope.js';
import { NoValue } from './no-value.js';
import { valueOf } from './outcome.js';
import { typeScope } from './typed-scope.js';
import { worldNames } from './world-names.js';

/** What an expression comes to as a text, or why it has no value. */
export type TextValue = { readonly text: string } | { readonly reason: string };

/**
 * Evaluates an expression among what a world has recorded so far, as text for a command: a string as it is, numbers and truth values as
 * CEL writes them. `pods`, `nodes` and `cluster` mean the last observation.
 */
export const evaluateText = (source: string, world: WorldReport): TextValue => {
  const scope = typeScope(inferScope({ world, expressions: [source] }));
  const expression = scope.compile(source);
  if (isMistake(expression)) return { reason: expression.message };
  try {
    const names = worldNames(scope, world, lastObservation(world), () => undefined);
    const value = valueOf(expression.run(names));
    switch (typeof value) {
      case 'string':
        return { text: value };
      case 'bigint':
      case 'number':
      case 'boolean':
        return { text: String(value) };
      default:
        return { reason: `it is ${celText(value)}, which is no text` };
    }
  } catch (error) {
    if (error instanceof NoValue) return { reason: error.message };
    throw error;
  }
};
