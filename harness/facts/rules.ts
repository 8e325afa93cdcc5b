import type { Facts } from '../domain/fact-types.js';
import type { Ended } from './answers.js';
import { intOf, printedList, textOf, textOr, type Printed } from './printed.js';

export const rulesArgv = ['ip', '-details', '-json', 'rule', 'show'] as const;
export const rules6Argv = ['ip', '-6', '-details', '-json', 'rule', 'show'] as const;

/** The policy routing rules of one family, in the order in which they are tried. */
export const parseRules = (answer: Ended): readonly Facts<'Rule'>[] => {
  const family = answer.argv.includes('-6') ? 'inet6' : 'inet';
  return printedList(answer).map((printed) => ({
    family,
    priority: intOf(printed, 'priority'),
    src: selector(textOf(printed, 'src'), printed, 'srclen'),
    dst: selector(textOr('all', printed, 'dst'), printed, 'dstlen'),
    table: textOr('', printed, 'table'),
    fwmark: markOf(printed),
    iif: textOr('', printed, 'iif'),
  }));
};

const selector = (address: string, printed: Printed, length: string): string =>
  printed[length] === undefined ? address : `${address}/${intOf(printed, length)}`;

const markOf = (printed: Printed): string => {
  const mark = textOr('', printed, 'fwmark');
  return printed.fwmask === undefined ? mark : `${mark}/${textOf(printed, 'fwmask')}`;
};
