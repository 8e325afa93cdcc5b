import type { ClusterProvider } from '../domain/cluster-provider.js';
import type { Style } from './style.js';
import type { Workshop } from './workshop.js';

/** What a command has of the process and the machine that it runs on. */
export interface Terminal {
  /** The result, on standard output. */
  readonly result: (text: string) => void;
  /** Aborted once nobody reads it any more, or something of it did not get through. @param until ends the waiting for that */
  readonly resultLost: (until: AbortSignal) => AbortSignal;
  /** Progress and problems, on standard error. */
  readonly progress: (text: string) => void;
  readonly resultStyle: Style;
  readonly progressStyle: Style;
  /** The folder that relative paths start from. */
  readonly folder: string;
  /** In the order in which `--cluster auto` tries them. */
  readonly providers: readonly ClusterProvider[];
  readonly workshop: Workshop;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
}
