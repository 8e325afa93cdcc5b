import type { Facts } from '../domain/fact-types.js';
import type { Ended } from './answers.js';
import { printedList, textOf, textOr, type Printed } from './printed.js';

export const neighboursArgv = ['ip', '-details', '-json', 'neighbour', 'show'] as const;

/** The neighbour table of both families, in the kernel's order. */
export const parseNeighbours = (answer: Ended): readonly Facts<'Neighbour'>[] =>
  printedList(answer).map((printed) => ({
    address: textOf(printed, 'dst'),
    dev: textOf(printed, 'dev'),
    mac: textOr('', printed, 'lladdr'),
    state: stateOf(printed),
  }));

const stateOf = ({ state }: Printed): string => {
  if (!Array.isArray(state) || !state.every((item) => typeof item === 'string')) {
    throw new Error('printed a neighbour without its state');
  }
  return state.length === 0 ? 'NONE' : state.join('|');
};
