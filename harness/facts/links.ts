import type { Facts } from '../domain/fact-types.js';
import type { Ended } from './answers.js';
import { asList, asObject, intOf, printedList, textOf, textOr, type Printed } from './printed.js';

export const linksArgv = ['ip', '-details', '-json', 'address', 'show'] as const;

/** A link as its own netns shows it: all of `Link` but what the other end says. */
export interface KernelLink extends Omit<Readonly<LinkFields>, 'peer'> {
  readonly end: LinkEnd;
}

/** What the fields are once they are read. */
interface LinkFields {
  name: string;
  ifindex: number;
  kind: string;
  mtu: number;
  mac: string;
  state: string;
  addresses: readonly Facts<'Address'>[];
  master: string;
}

/**
 * Where a veth says that its other end is: in the same netns by name, or in another one by its ifindex there and by the id that
 * this netns has for that one (negative while the kernel gives none).
 */
export type LinkEnd =
  | { readonly kind: 'none' }
  | { readonly kind: 'same-netns'; readonly name: string }
  | { readonly kind: 'other-netns'; readonly ifindex: number; readonly nsid: number }
  | { readonly kind: 'unstated' };

/** The links of a netns, by ifindex. @throws Error for a list without any: each netns has a loopback */
export const parseLinks = (answer: Ended): readonly KernelLink[] => {
  const links = printedList(answer).map(parseLink);
  if (links.length === 0) throw new Error('printed no link, not even lo');
  return links.toSorted((a, b) => a.ifindex - b.ifindex);
};

const parseLink = (printed: Printed): KernelLink => {
  const kind = kindOf(printed);
  return {
    name: textOf(printed, 'ifname'),
    ifindex: intOf(printed, 'ifindex'),
    kind,
    mtu: intOf(printed, 'mtu'),
    mac: textOr('', printed, 'address'),
    state: textOf(printed, 'operstate'),
    addresses: asList(printed.addr_info, 'addr_info').map(parseAddress),
    master: textOr('', printed, 'master'),
    end: kind === 'veth' ? endOf(printed) : { kind: 'none' },
  };
};

const kindOf = (printed: Printed): string => {
  const type = textOf(printed, 'link_type');
  return printed.linkinfo === undefined
    ? type
    : textOr(type, asObject(printed.linkinfo, 'linkinfo'), 'info_kind');
};

const parseAddress = (printed: Printed): Facts<'Address'> => ({
  family: textOf(printed, 'family'),
  address: textOf(printed, 'local'),
  prefix: intOf(printed, 'prefixlen'),
  scope: textOf(printed, 'scope'),
});

const endOf = (printed: Printed): LinkEnd => {
  if (printed.link_index !== undefined && printed.link_netnsid !== undefined) {
    return {
      kind: 'other-netns',
      ifindex: intOf(printed, 'link_index'),
      nsid: intOf(printed, 'link_netnsid'),
    };
  }
  return typeof printed.link === 'string' ? { kind: 'same-netns', name: printed.link } : { kind: 'unstated' };
};
