/**
 * What a picture of an observation shows: nodes, the network namespaces in them, what runs and lies in each, and how links are joined.
 * Ids name the same thing in every observation (`link/pod/web/eth0`), so that two of them can be compared.
 */
export interface Topology {
  readonly nodes: readonly NodeBox[];
  readonly wires: readonly Wire[];
}

/** Something with an id that can be lit and can change; `facts` are what of it is compared and told, by their names. */
export interface Thing {
  readonly id: string;
  /** In a sentence, e.g. `eth0 of web`. */
  readonly title: string;
  readonly facts: Readonly<Record<string, string>>;
}

export interface NodeBox extends Thing {
  readonly name: string;
  readonly root: NetnsBox;
  /** Those of pods, in the order of their names. */
  readonly pods: readonly NetnsBox[];
}

export interface NetnsBox extends Thing {
  readonly name: string;
  readonly kind: 'node' | 'pod';
  readonly processes: readonly ProcessBox[];
  readonly links: readonly LinkBox[];
  /** The unicast routes of the main table, as `ip route` writes them. */
  readonly routes: readonly string[];
  /** Names of veths whose other end is in none of the namespaces that were read, such as those of other worlds on the node. */
  readonly strangers: readonly string[];
  /** What could not be read, and why. */
  readonly unreadable: readonly string[];
}

export interface ProcessBox extends Thing {
  readonly name: string;
  readonly kind: 'pause' | 'container';
  readonly running: boolean;
}

export interface LinkBox extends Thing {
  readonly name: string;
  readonly kind: string;
  readonly up: boolean;
  readonly mtu: string;
  /** But for those of link scope. */
  readonly addresses: readonly string[];
}

/** Two links that are joined: the ends of a veth pair, or a link and its master. */
export interface Wire extends Thing {
  readonly kind: 'veth' | 'master';
  readonly from: string;
  readonly to: string;
}
