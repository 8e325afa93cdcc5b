type Printed = Readonly<Record<string, unknown>>;

/** Links that daemons of a cluster's network keep, with their routes and neighbours: their work goes on beside every world. */
const ofDaemons =
  /^(vxlan\.calico|tunl0|wireguard\.cali|flannel|cilium_|lxc_health|antrea-|ovn-|ovs-|br-int|genev_|weave|datapath|kube-ipvs0|kube-bridge|nodelocaldns)/;

const text = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
const name = (item: Printed): string => text(item.ifname);

/** `NAME kind KIND mtu MTU …`: what somebody set, and nothing that follows from traffic or from ports. */
export const linkItems = (links: readonly Printed[]): readonly string[] =>
  links
    .filter((link) => !ofDaemons.test(name(link)))
    .map((link) => {
      const kind = kindOf(link);
      // A bridge takes the address of a port.
      const mac = kind === 'bridge' ? '' : ` mac ${text(link.address)}`;
      const flags = flagsOf(link).filter((flag) => ['UP', 'PROMISC', 'ALLMULTI', 'NOARP'].includes(flag));
      const master = text(link.master) === '' ? '' : ` master ${text(link.master)}`;
      return `${name(link)} kind ${kind} mtu ${text(link.mtu)} qdisc ${text(link.qdisc)}${mac}${master} ${flags.toSorted().join(',')}`;
    });

export const addressItems = (links: readonly Printed[]): readonly string[] =>
  links
    .filter((link) => !ofDaemons.test(name(link)))
    .flatMap((link) =>
      (Array.isArray(link.addr_info) ? (link.addr_info as readonly Printed[]) : [])
        // The kernel gives a link its own, once it is up.
        .filter(({ local }) => !text(local).startsWith('fe80:'))
        .map(
          ({ local, prefixlen, scope }) =>
            `${text(local)}/${text(prefixlen)} scope ${text(scope)} dev ${name(link)}`,
        ),
    );

const routeKeys = [
  'type',
  'dst',
  'from',
  'via',
  'gateway',
  'dev',
  'table',
  'protocol',
  'scope',
  'prefsrc',
  'metric',
];

export const routeItems = (routes: readonly Printed[]): readonly string[] =>
  routes
    .filter((route) => !ofDaemons.test(text(route.dev)) && !madeByKernel(route) && !madeByDaemon(route))
    .map((route) => {
      const hops = route.nexthops === undefined ? '' : ` nexthops ${JSON.stringify(route.nexthops)}`;
      return `${keysOf(route, routeKeys)}${hops}`;
    });

/**
 * Of IPv6's own ranges on each link, and of each IPv6 address in the table `local`: that one comes only once the kernel has made sure that
 * nobody else has the address (DAD, net/ipv6/addrconf.c). The address itself is compared.
 */
const madeByKernel = ({ dst, protocol, table }: Printed): boolean =>
  protocol === 'kernel' &&
  (/^(fe80:|ff[0-9a-f]{2}:|anycast fe80:|multicast)/.test(text(dst)) ||
    (table === 'local' && text(dst).includes(':')));

const madeByDaemon = ({ protocol }: Printed): boolean =>
  ['bird', '80', 'zebra', 'bgp'].includes(text(protocol));

export const ruleItems = (rules: readonly Printed[], frame: string): readonly string[] =>
  rules.map((rule) => `${frame.endsWith('6') ? 'inet6 ' : ''}${keysOf(rule, Object.keys(rule).toSorted())}`);

export const neighbourItems = (neighbours: readonly Printed[]): readonly string[] =>
  neighbours
    .filter(
      ({ dev, state }) => !ofDaemons.test(text(dev)) && JSON.stringify(state ?? '').includes('PERMANENT'),
    )
    .map((neighbour) => keysOf(neighbour, ['dst', 'dev', 'lladdr']));

const keysOf = (item: Printed, keys: readonly string[]): string =>
  keys
    .filter((key) => item[key] !== undefined && item[key] !== '')
    .map((key) => `${key} ${typeof item[key] === 'object' ? JSON.stringify(item[key]) : text(item[key])}`)
    .join(' ');

const kindOf = ({ linkinfo, link_type }: Printed): string => {
  const kind =
    typeof linkinfo === 'object' && linkinfo !== null ? (linkinfo as Printed).info_kind : undefined;
  return text(kind ?? link_type);
};

const flagsOf = ({ flags }: Printed): readonly string[] =>
  Array.isArray(flags) ? (flags as readonly unknown[]).map(text) : [];
