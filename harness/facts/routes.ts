import type { Facts } from '../domain/fact-types.js';
import type { Ended } from './answers.js';
import { asList, asObject, intOr, printedList, textOf, textOr, type Printed } from './printed.js';

export const routesArgv = ['ip', '-details', '-json', 'route', 'show', 'table', 'all'] as const;

/** The routes of all tables and both families, in the kernel's order; one with several next hops gives one for each of them. */
export const parseRoutes = (answer: Ended): readonly Facts<'Route'>[] =>
  printedList(answer).flatMap((printed) => {
    const { nexthops } = printed;
    const hops = nexthops === undefined ? [printed] : asList(nexthops, 'next hops');
    return hops.map((hop) => parseRoute(printed, hop));
  });

const parseRoute = (printed: Printed, hop: Printed): Facts<'Route'> => ({
  family: familyOf(printed, hop),
  type: textOr('unicast', printed, 'type'),
  table: textOr('main', printed, 'table'),
  dst: textOf(printed, 'dst'),
  gateway: gatewayOf(hop),
  dev: textOr('', hop, 'dev'),
  protocol: textOr('', printed, 'protocol'),
  scope: textOr('', printed, 'scope'),
  source: textOr('', printed, 'prefsrc'),
  metric: intOr(0, printed, 'metric'),
});

// A route of IPv4 may go by way of an IPv6 neighbour, which `via` shows.
const gatewayOf = (hop: Printed): string =>
  hop.via === undefined ? textOr('', hop, 'gateway') : textOf(asObject(hop.via, 'via'), 'host');

/** ip does not print the family. A default route without addresses shows it by `pref`, which the kernel gives to IPv6 alone. */
const familyOf = (printed: Printed, hop: Printed): string => {
  const addresses = [textOf(printed, 'dst'), textOr('', hop, 'gateway'), textOr('', printed, 'prefsrc')];
  if (addresses.some((address) => address.includes(':'))) return 'inet6';
  if (addresses.some((address) => address.includes('.'))) return 'inet';
  return printed.pref === undefined ? 'inet' : 'inet6';
};
