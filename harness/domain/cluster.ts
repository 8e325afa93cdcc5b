import type { Artifact } from './artifact.js';
import type { Capabilities } from './capabilities.js';
import type { LockCluster } from './cluster-lock.js';
import type { Facts } from './fact-types.js';
import type { Ground } from './ground.js';
import type { Manifest } from './manifest.js';
import type { NetworkChange } from './network-change.js';
import type { PodRecord } from './pod-record.js';
import type { Problem } from './problem.js';

/** A command for a node or a container. */
export interface Command {
  readonly argv: readonly string[];
  /** Run in this network namespace (a path on the node) instead of the node's own. */
  readonly netns?: string;
  readonly stdin?: string;
  /** Variables beside those that every command has there. They reach the command without being an argument of anything. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly timeoutMs: number;
  /** Both ends of an output that is too long are a result too. Without it such a command is an error, so that no parser reads a part. */
  readonly mayBeCut?: boolean | undefined;
}

/** What a command answered. A command that could not be started or ran out of time is a thrown `NetclaimsError`, never a result. */
export interface CommandResult {
  readonly exitCode: number;
  /** As `outputText` makes it of the bytes. */
  readonly stdout: string;
  readonly stderr: string;
  /** How many bytes of each were dropped between its beginning and its end; only where that happened. */
  readonly dropped?: DroppedBytes;
}

export interface DroppedBytes {
  readonly stdout: number;
  readonly stderr: number;
}

/** Where commands run and links live. */
export interface Node {
  readonly name: string;
  readonly exec: (command: Command, signal: AbortSignal) => Promise<CommandResult>;
  /** The same command as one line for a shell on the machine that netclaims runs on. */
  replay(command: Pick<Command, 'argv' | 'netns'>): string;
}

/** A cluster that is up. Disposing of it removes all that it made. */
export interface Cluster extends AsyncDisposable {
  readonly facts: Facts<'Cluster'>;
  readonly nodes: readonly Node[];
  /** What all its worlds stand on. */
  readonly ground: Ground;
  /** The file by which kubectl reaches the cluster, where netclaims has written one. */
  readonly kubeconfig?: string;
  /** What in a manifest this cluster cannot do, by name and place. Empty when it can do all of it. */
  refusals(manifest: Manifest): readonly Problem[];
  /** Whether this cluster has the manifest's kind at all; a scenario with another kind is not-applicable. */
  supports(manifest: Manifest): boolean;
  /** What it has of these capabilities and of those that cost nothing to find out. Missing where all are in `facts`. */
  detect?(capabilities: readonly string[], signal: AbortSignal): Promise<Capabilities>;
  /** What `detect` has found. */
  readonly detected?: Capabilities;
  /**
   * Changes the network on every node while its pods live. Disposing of what it gives puts back what was; of several changes, the first
   * one's puts back what was before all of them. Only where `changeable-network` is a capability.
   */
  reconfigure?(change: NetworkChange, signal: AbortSignal): Promise<AsyncDisposable>;
  /**
   * A cluster that is made as this one was, for worlds that need nodes of their own. It goes when this one goes. Only where that is a matter of
   * a moment, and nobody has changed this one since it was made.
   */
  clone?(signal: AbortSignal): Promise<Cluster>;
  /**
   * The same where it takes as long as making a cluster: for the worlds that come after one that changed the nodes. Only where no other run
   * can use this cluster.
   */
  replacement?(signal: AbortSignal): Promise<Cluster>;
  /** Keeps the worlds of several runs apart. Only where other runs can use this cluster. */
  lock?: LockCluster;
  /** Waits until nothing starts on the nodes by itself, as it does on a cluster that has just been made. */
  settled?(signal: AbortSignal): Promise<void>;
  /** A namespace of one's own. Disposing of it removes what was applied in it. */
  openWorld(namespace: string): Promise<World>;
}

/** One namespace on a cluster: where a scenario, or a control of one, has its pods. */
export interface World extends AsyncDisposable {
  readonly namespace: string;
  /** What this world alone stands on; missing where that is nothing. */
  readonly ground?: Ground;
  /** Applies and waits until everything applied is ready. */
  apply(manifests: readonly Manifest[], signal: AbortSignal): Promise<void>;
  /** Deletes and waits until it is gone. */
  delete(target: { readonly kind: string; readonly name: string }, signal: AbortSignal): Promise<void>;
  /** The pods of this namespace, by name. */
  pods(signal: AbortSignal): Promise<readonly PodRecord[]>;
  exec(
    target: { readonly pod: string; readonly container: string },
    command: Omit<Command, 'netns'>,
    signal: AbortSignal,
  ): Promise<CommandResult>;
  /** The command of `exec` as one line for a shell. */
  replayExec(target: { readonly pod: string; readonly container: string }, argv: readonly string[]): string;
  /** Stops the container and waits until its successor runs. */
  restart(target: { readonly pod: string; readonly container: string }, signal: AbortSignal): Promise<void>;
  /** What cluster and runtime say of the pods of this namespace beyond their records, for a diagnosis: their status, events. */
  describe(signal: AbortSignal): Promise<readonly Artifact[]>;
  /** Resolves when something in this namespace may have changed, and after `atMostMs` in any case. */
  changed(atMostMs: number, signal: AbortSignal): Promise<void>;
}
