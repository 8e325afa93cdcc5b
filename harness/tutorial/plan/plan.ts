import type { Place } from '../markdown/document.js';
import type { Statement } from '../shell/statements.js';

/** What is done with a tutorial, in the order of the document. */
export interface TutorialPlan {
  readonly file: string;
  readonly name: string;
  /** Those that have anything to check. */
  readonly sections: readonly SectionPlan[];
}

export interface SectionPlan {
  readonly title: string;
  readonly trail: readonly string[];
  readonly line: number;
  readonly checks: readonly Check[];
}

interface CheckBase {
  /** Unique in its document. */
  readonly id: string;
  readonly line: number;
}

export type Check = CommandCheck | ManifestCheck | FileCheck | NoCheck;

/** One statement of a block of commands. */
export interface CommandCheck extends CheckBase {
  readonly kind: 'command';
  readonly statement: Statement;
  readonly shell: 'sh' | 'bash';
  readonly place: Place;
  readonly expectFail: boolean;
  readonly role: 'ordinary' | 'background' | 'cleanup';
  readonly timeoutMs: number | undefined;
  /** What the document shows of what it prints, together with the statements of the block that are named. */
  readonly output: DocumentedOutput | undefined;
}

export interface DocumentedOutput {
  readonly lines: readonly string[];
  /** Of its first line. */
  readonly line: number;
  /** The checks before this one whose outputs it shows as well. */
  readonly after: readonly string[];
}

/** Kubernetes objects that are applied. */
export interface ManifestCheck extends CheckBase {
  readonly kind: 'manifest';
  readonly lines: readonly string[];
}

/** The content of a file that a later command names. */
export interface FileCheck extends CheckBase {
  readonly kind: 'file';
  readonly name: string;
  readonly lines: readonly string[];
}

/** A block that nothing is done with, or nothing can be. */
export interface NoCheck extends CheckBase {
  readonly kind: 'none';
  readonly verdict: 'not-applicable' | 'refuted';
  readonly text: string;
  readonly because: string;
}
