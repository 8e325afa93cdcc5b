import type { Machine } from '../clusters/machine.js';

/** What a command has of the process that it runs in. */
export interface Terminal {
  /** The result, on standard output. */
  readonly result: (text: string) => void;
  /** Progress and problems, on standard error. */
  readonly progress: (text: string) => void;
  readonly resultStyle: Style;
  readonly progressStyle: Style;
  /** The folder that relative paths start from. */
  readonly folder: string;
  readonly machine: Machine;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
}

export interface Style {
  readonly colour: boolean;
  /** Whether what was written can be written over. */
  readonly live: boolean;
  readonly columns: number;
}
