/**
 * The one description of every fact: the TypeScript types, CEL's typed environment, the report's schema and
 * docs/facts.md are all made from it, so that they cannot disagree.
 *
 * A field's type is written as CEL writes it: `int` (whole numbers; ifindexes, inodes, MTUs, milliseconds), `string`, `bool`, `dyn`
 * (JSON as a tool printed it), another type of this table, `list<T>` or `map<T>` (keyed by name).
 * Facts are total: what does not exist has an empty value ("" or -1 or []), what could not be read is `Unreadable`.
 */
export const factTypes = {
  Address: {
    doc: 'An address of a link.',
    fields: {
      family: ['string', '`inet` or `inet6`'],
      address: ['string', 'the address, without its prefix length'],
      prefix: ['int', 'the prefix length, in bits'],
      scope: ['string', '`global`, `link`, `host`'],
    },
  },
  Peer: {
    doc: 'The other end of a veth, resolved across namespaces and confirmed from both ends.',
    fields: {
      where: [
        'string',
        "`node` (a link of the pod's node), `pod` (a link of another pod), `same-netns`, `elsewhere` (a veth whose other end is in none of the namespaces read), `none` (not a veth)",
      ],
      name: ['string', "the peer's name; empty unless `where` is `node`, `pod` or `same-netns`"],
      ifindex: ['int', "the peer's ifindex in its own netns; -1 where it was not resolved"],
      kind: ['string', "the peer's kind, as `Link.kind`"],
      mtu: ['int', "the peer's MTU in bytes; -1 where it was not resolved"],
      state: ['string', "the peer's operational state"],
      master: ['string', "the bridge (or other master) of the peer's; empty without one"],
      ethtoolPeerIfindex: [
        'int',
        'what `ethtool -S` of this link reports as peer_ifindex; -1 for a link that is not a veth',
      ],
    },
  },
  Link: {
    doc: 'A kernel network interface (`ip -details -json address show`).',
    fields: {
      name: ['string', 'the interface name'],
      ifindex: ['int', 'the index, unique only within its netns'],
      kind: [
        'string',
        '`veth`, `bridge`, `macvlan`, … (IFLA_INFO_KIND); `loopback` for lo; else the link type',
      ],
      mtu: ['int', 'bytes'],
      mac: ['string', 'the hardware address'],
      state: ['string', 'the operational state: `UP`, `DOWN`, `LOWERLAYERDOWN`, `UNKNOWN`'],
      addresses: ['list<Address>', "the addresses, in the kernel's order"],
      master: ['string', 'the bridge (or other master) of this link; empty without one'],
      peer: ['Peer', 'the other end, for a veth'],
    },
  },
  Route: {
    doc: 'A route of any table (`ip -json route show table all`, IPv4 and IPv6).',
    fields: {
      family: ['string', '`inet` or `inet6`'],
      type: ['string', '`unicast`, `local`, `broadcast`, …'],
      table: ['string', 'the routing table: `main`, `local`, or a number'],
      dst: ['string', '`default`, an address or a prefix'],
      gateway: ['string', 'the next hop; empty without one'],
      dev: ['string', 'the link; empty without one'],
      protocol: ['string', '`kernel`, `boot`, `static`, …'],
      scope: ['string', '`global`, `link`, `host`; empty where the kernel names none'],
      source: ['string', 'the preferred source address; empty without one'],
      metric: ['int', 'the priority; 0 without one'],
    },
  },
  Rule: {
    doc: 'A policy routing rule (`ip -json rule`, IPv4 and IPv6).',
    fields: {
      family: ['string', '`inet` or `inet6`'],
      priority: ['int', 'lower is tried first'],
      src: ['string', '`all`, an address or a prefix'],
      dst: ['string', '`all`, an address or a prefix'],
      table: ['string', 'the table looked up; empty for a rule of another action'],
      fwmark: ['string', 'the mark matched; empty without one'],
      iif: ['string', 'the incoming link; empty without one'],
    },
  },
  Neighbour: {
    doc: 'An entry of the neighbour table (`ip -json neighbour show`).',
    fields: {
      address: ['string', 'the address of the neighbour'],
      dev: ['string', 'the link'],
      mac: ['string', 'the hardware address; empty while it is not resolved'],
      state: ['string', '`REACHABLE`, `STALE`, `PERMANENT`, …'],
    },
  },
  NetNs: {
    doc: 'A network namespace.',
    fields: {
      inode: [
        'int',
        'its identity among the namespaces of one moment: the inode of /proc/PID/ns/net, which the kernel reuses',
      ],
      path: ['string', 'where the runtime keeps it'],
      nsid: ['int', "its id as seen from the node's netns (RTM_GETNSID); -1 where it has none"],
    },
  },
  ContainerNetNs: {
    doc: "The network namespace that a container's process is in.",
    fields: { inode: ['int', 'the inode of /proc/PID/ns/net; -1 when the container has no process'] },
  },
  Sandbox: {
    doc: 'The CRI pod sandbox: the pause process and its namespaces.',
    fields: {
      id: ['string', 'the CRI id'],
      pid: ['int', 'of the pause process, as the node counts; -1 when it is not running'],
      command: ['string', 'the command line of the pause process; empty when it is not running'],
      image: ['string', 'the image of the pause process'],
      alive: ['bool', 'whether the pause process runs'],
      netns: ['ContainerNetNs', 'the netns that the pause process is in'],
    },
  },
  Container: {
    doc: 'A container of a pod.',
    fields: {
      id: ['string', 'the CRI id; another one after each restart'],
      pid: ['int', 'of its first process, as the node counts; -1 when it is not running'],
      image: ['string', 'the image, as the manifest names it'],
      restarts: ['int', 'how often it was restarted'],
      state: ['string', '`created`, `running`, `exited`, `unknown`'],
      netns: ['ContainerNetNs', 'the netns that its process is in'],
    },
  },
  PodCni: {
    doc: 'What the CNI plugins said of a pod.',
    fields: {
      network: ['string', "the network's name; empty for a pod of the node's network"],
      result: ['dyn', 'the CNI result, as the runtime keeps it'],
    },
  },
  Pod: {
    doc: "A pod of the scenario's own namespace.",
    fields: {
      name: ['string', 'metadata.name'],
      namespace: ['string', 'metadata.namespace'],
      uid: ['string', 'metadata.uid'],
      node: ['string', 'the name of its node'],
      phase: ['string', '`Pending`, `Running`, `Succeeded`, `Failed`'],
      trouble: [
        'string',
        'what keeps it from running, or from being given another sandbox, in the words of its runtime; empty when nothing does',
      ],
      hostNetwork: ['bool', "whether it uses the node's network"],
      ips: ['list<string>', 'its addresses, the primary one first'],
      netns: ['NetNs', "the sandbox's network namespace"],
      sandbox: ['Sandbox', 'the sandbox'],
      containers: ['map<Container>', 'its containers by name'],
      links: ['list<Link>', 'the links of its netns, by ifindex'],
      link: ['map<Link>', 'the same links by name'],
      routes: ['list<Route>', 'the routes of its netns'],
      neighbours: ['list<Neighbour>', 'the neighbour table of its netns'],
      cni: ['PodCni', 'what the CNI plugins said'],
    },
  },
  Namespace: {
    doc: 'A network namespace that has processes, as `lsns -t net` lists it.',
    fields: {
      inode: ['int', 'its identity'],
      nprocs: ['int', 'how many processes are in it'],
      pid: ['int', 'the lowest pid in it: its owner, as lsns shows it'],
      command: ['string', 'the command line of that process'],
    },
  },
  NodeNetNs: {
    doc: "The node's own network namespace.",
    fields: { inode: ['int', 'the inode of /proc/1/ns/net'] },
  },
  NodeCni: {
    doc: 'The CNI configuration and results on a node.',
    fields: {
      networks: ['list<string>', 'the names of the configured networks, in the order of their files'],
      plugins: ['list<string>', "the types of the first network's plugins, in the order of the chain"],
      results: ['list<string>', 'the names of the cached results (network-sandbox-interface)'],
    },
  },
  Node: {
    doc: 'A node of the cluster.',
    fields: {
      name: ['string', "the node's name"],
      kernel: ['string', '`uname -r`'],
      netns: ['NodeNetNs', "the node's own netns"],
      links: ['list<Link>', "the links of the node's netns, by ifindex"],
      link: ['map<Link>', 'the same links by name'],
      routes: ['list<Route>', "the routes of the node's netns"],
      rules: ['list<Rule>', 'the policy routing rules'],
      namespaces: ['list<Namespace>', 'the network namespaces that have processes'],
      namedNetns: ['list<string>', 'the names that `ip netns list` shows'],
      cni: ['NodeCni', 'the CNI configuration and results'],
      ipam: ['map<AddressList>', 'the addresses that host-local has allocated, by network'],
      podCIDRs: ['list<string>', "the ranges of this node's pods"],
    },
  },
  AddressList: {
    doc: 'Allocated addresses.',
    fields: { addresses: ['list<string>', 'the addresses, sorted'] },
  },
  Network: {
    doc: "What the cluster's network is to look like, as its description in networks/ says; empty without one.",
    fields: {
      eth0: ['string', "the kind of a pod's eth0, as `Link.kind`"],
      master: ['string', 'the bridge (or other master) of its other end; empty without one'],
      gateway: [
        'string',
        "the node's link that has the address of a pod's gateway, `peer` for the other end of its eth0; empty where none has",
      ],
      routes: [
        'list<string>',
        "where a pod's IPv4 routes lead: `default`, `pods` (a range of its node's pods), `gateway`, or an address or prefix",
      ],
    },
  },
  Cluster: {
    doc: 'The cluster that the scenario runs on.',
    fields: {
      provider: ['string', '`containerd`, `kind` or `kubeconfig`'],
      cni: ['string', 'the name of the CNI network'],
      network: ['Network', 'what that network is to look like'],
      kubernetes: ['string', "the server's version; empty on containerd"],
      runtime: ['string', 'the container runtime and its version'],
      kernel: ['string', "the first node's `uname -r`"],
      capabilities: ['list<string>', 'what `requires` can name'],
    },
  },
  Probe: {
    doc: 'The result of a probe step.',
    fields: {
      stdout: ['string', 'its standard output; unknown when that is not UTF-8'],
      stderr: ['string', 'its standard error; unknown when that is not UTF-8'],
      stdoutBytes: ['string', 'the bytes of its standard output, in base64'],
      stderrBytes: ['string', 'the bytes of its standard error, in base64'],
      exitCode: ['int', 'its exit code; 128 + N when signal N ended it'],
      json: ['dyn', 'its standard output read as JSON; unknown when that is no JSON'],
    },
  },
} as const satisfies Record<string, FactType>;

export interface FactType {
  readonly doc: string;
  readonly fields: Readonly<Record<string, readonly [type: string, doc: string]>>;
}

export type FactTypeName = keyof typeof factTypes;
