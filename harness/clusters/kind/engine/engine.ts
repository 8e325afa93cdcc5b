import type { CommandResult } from '../../../domain/cluster.js';

export const resourceKinds = ['container', 'network', 'volume'] as const;
export type ResourceKind = (typeof resourceKinds)[number];

/** Something that an engine keeps, with the labels by which its owner is known. */
export interface Resource {
  readonly kind: ResourceKind;
  /** What the engine calls it; the name, for a volume. */
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What a caller must know of a node's container. */
export interface ContainerState {
  readonly id: string;
  readonly running: boolean;
  /** When it was started last, as the engine says it. */
  readonly startedAt: string;
  /** Why it does not run, as the engine says it: `exited, exit code 137`. */
  readonly status: string;
  /** Its addresses, by the name of the network. */
  readonly addresses: Readonly<Record<string, { readonly ipv4: string; readonly ipv6: string }>>;
  /** Ports of the machine that are mapped to its own, such as `6443/tcp`. */
  readonly ports: Readonly<Record<string, { readonly ip: string; readonly port: number } | undefined>>;
}

export interface ExecOptions {
  readonly argv: readonly string[];
  /** A text, or the path of a file of this machine. */
  readonly stdin?: string | { readonly file: string };
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly timeoutMs: number;
  /** See `Command`. */
  readonly mayBeCut?: boolean | undefined;
}

export interface EngineInfo {
  readonly version: string;
  readonly apiVersion: string;
  readonly osType: string;
}

/**
 * A container engine, by what a cluster needs of it. Each call has a deadline of its own.
 * All throw NetclaimsError `cluster/engine-…` when the engine does not answer or refuses.
 */
export interface Engine {
  /** How `docker` on this machine reaches it: `['docker']`, or with `--host`. */
  readonly cli: readonly string[];
  /** Where ports of its containers are reached from here. */
  readonly host: string;
  info(signal: AbortSignal): Promise<EngineInfo>;
  /** Everything of a kind that has a label, also containers that do not run. `label` is `NAME` or `NAME=VALUE`. */
  list(kind: ResourceKind, label: string, signal: AbortSignal): Promise<readonly Resource[]>;
  /** Asks once to remove it by force, a container with its anonymous volumes; what is gone already is no error. */
  remove(resource: Pick<Resource, 'kind' | 'id'>, signal: AbortSignal): Promise<void>;
  hasImage(reference: string, signal: AbortSignal): Promise<boolean>;
  /** The images of a repository that are here (`netclaims/node:v1.20.2`), the newest first. */
  imagesOf(repository: string, signal: AbortSignal): Promise<readonly string[]>;
  pullImage(reference: string, signal: AbortSignal): Promise<void>;
  createNetwork(
    options: { readonly name: string; readonly labels: Resource['labels']; readonly ipv6Subnet?: string },
    signal: AbortSignal,
  ): Promise<void>;
  createVolume(name: string, labels: Resource['labels'], signal: AbortSignal): Promise<void>;
  /** undefined when there is no such container. */
  inspect(container: string, signal: AbortSignal): Promise<ContainerState | undefined>;
  /**
   * Runs a command in a container.
   * @throws NetclaimsError `cluster/node-gone` when the container does not run, `probe/timeout`
   */
  exec(container: string, options: ExecOptions, signal: AbortSignal): Promise<CommandResult>;
  /** The last lines that a container's first process printed. */
  logs(container: string, lines: number, signal: AbortSignal): Promise<readonly string[]>;
  /** Resolves with its name as soon as one of the containers ends; `signal` ends the watch. */
  ended(containers: readonly string[], signal: AbortSignal): Promise<string>;
}
