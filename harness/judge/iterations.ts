import { FactView } from './fact-view.js';
import type { Macro } from './syntax.js';
import type { Evaluated } from './trace.js';

/** One element that a macro came to, and what was evaluated for it. */
export interface Iteration {
  readonly element: unknown;
  readonly bodies: readonly Evaluated[];
}

/** The elements that a macro came to before it was decided, in order. */
export const iterationsOf = ({ parts }: Evaluated, { range, bodies }: Macro): readonly Iteration[] => {
  const over = parts.find(({ node }) => node === range)?.value;
  const elements: readonly unknown[] =
    over instanceof Map ? [...over.keys()] : Array.isArray(over) ? over : [];
  const iterations: { readonly element: unknown; readonly bodies: Evaluated[] }[] = [];
  for (const part of parts) {
    if (part.node === bodies[0]) iterations.push({ element: elements[iterations.length], bodies: [part] });
    else if (part.node !== range) iterations.at(-1)?.bodies.push(part);
  }
  return iterations;
};

/** The elements that made a macro's result what it is: the one that fails `all`, the one that `exists` found, … */
export const telling = (evaluated: Evaluated, macro: Macro): readonly Iteration[] => {
  const iterations = iterationsOf(evaluated, macro);
  const having = (value: boolean) => iterations.filter(({ bodies }) => bodies[0]?.value === value);
  if (evaluated.error !== undefined) {
    return iterations.filter(({ bodies }) => bodies.some(({ error }) => error !== undefined)).slice(0, 1);
  }
  switch (macro.name) {
    case 'all':
      return having(false);
    case 'exists':
    case 'exists_one': {
      const found = having(true);
      return found.length > 0 ? found : iterations;
    }
    case 'filter':
    case 'map':
      return [];
  }
};

/** Whether a range's elements are facts of many fields: they are shown one by one, and the range itself is not. */
export const isOfFacts = (range: unknown): boolean => {
  const items = range instanceof Map ? [...range.values()] : range;
  return Array.isArray(items) && items[0] instanceof FactView;
};
