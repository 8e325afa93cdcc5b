/** Chains and tables that daemons of a cluster keep: kube-proxy, and networks that enforce policies. */
const ofDaemons = /^(KUBE-|cali|felix|CILIUM|OLD_CILIUM|FLANNEL|ANTREA|WEAVE|KIND-MASQ|KINDNET|OVN-)/i;

/** What CNI's plugins make for the first pod and leave for the others. What they make for one pod carries a hash. */
const firstUse = [
  /^-N CNI-(HOSTPORT-[A-Z]+|FORWARD|ADMIN|ISOLATION-STAGE-[12])$/,
  /^-A (PREROUTING|OUTPUT|POSTROUTING|FORWARD) .*-j CNI-(HOSTPORT-[A-Z]+|FORWARD|ISOLATION-STAGE-1)$/,
  /^-A CNI-HOSTPORT-(SETMARK|MASQ) .*(MASQUERADE|--set-x?mark 0x2000\/0x2000)$/,
  /^-A CNI-FORWARD .*-j CNI-ADMIN$/,
];

/** `FRAME: -t TABLE -A CHAIN …`, without counters and without what is there from the first use on. */
export const iptablesItems = (output: string, frame: string): readonly string[] => {
  let table = '';
  const items: string[] = [];
  for (const line of output.split('\n')) {
    if (line.startsWith('*')) table = line.slice(1);
    const item = line.startsWith(':') ? chainItem(line) : line.startsWith('-A ') ? line.trimEnd() : undefined;
    if (item === undefined || ofDaemon(item) || firstUse.some((pattern) => pattern.test(item))) continue;
    items.push(`${frame}: -t ${table} ${item}`);
  }
  return items;
};

/** A chain of the kernel that accepts, and a table with nothing but those, are there once anybody looked. */
const chainItem = (line: string): string | undefined => {
  const [, chain = '', policy = ''] = /^:(\S+) (\S+)/.exec(line) ?? [];
  if (policy === 'ACCEPT') return undefined;
  return policy === '-' ? `-N ${chain}` : `-P ${chain} ${policy}`;
};

const ofDaemon = (item: string): boolean => {
  const [, chain = ''] = /^-[ANP] (\S+)/.exec(item) ?? [];
  const [, target = ''] = / -[jg] (\S+)/.exec(item) ?? [];
  return ofDaemons.test(chain) || ofDaemons.test(target);
};

/**
 * `table FAMILY NAME: LINE` for each line of a ruleset. Tables that iptables manages are left out where iptables lists them, and of those
 * that daemons keep only what carries a container's id is told.
 */
export const nftItems = (output: string, managedElsewhere: boolean): readonly string[] => {
  let table = '';
  let chain = '';
  let managed = false;
  const items: string[] = [];
  for (const raw of output.split('\n')) {
    const line = raw.trim();
    if (line.startsWith('# Warning:')) {
      managed = true;
      continue;
    }
    const [, name] = /^table (.+) \{$/.exec(line) ?? [];
    if (name !== undefined) {
      table = name;
      chain = '';
      continue;
    }
    if (raw === '}') {
      managed = false;
      continue;
    }
    if (line === '' || line === '}' || (managed && managedElsewhere)) continue;
    const [, inner] = /^((?:chain|set|map) .+) \{$/.exec(line) ?? [];
    if (inner !== undefined) chain = inner;
    const emptyHook = inner !== undefined || /^type .* policy accept;$/.test(line);
    if (emptyHook || (daemonTable.test(table) && !/[0-9a-f]{64}/.test(line))) continue;
    items.push(`table ${table}: ${chain}: ${line}`);
  }
  return items;
};

const daemonTable = /^\S+ (kube|cilium|calico|antrea|flannel|ovn|cni_hostport)/i;
