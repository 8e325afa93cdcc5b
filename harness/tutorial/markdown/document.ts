/** A tutorial as it was read. Lines count from 1. */
export interface TutorialDocument {
  readonly file: string;
  /** The file's name without its extension. */
  readonly name: string;
  /** In their order; the first has what stands before the first heading, if anything does. */
  readonly sections: readonly Section[];
}

export interface Section {
  /** The heading's text; the document's name for what stands before the first heading. */
  readonly title: string;
  /** The titles of the headings that it is below, its own last. */
  readonly trail: readonly string[];
  readonly line: number;
  readonly blocks: readonly CodeBlock[];
  readonly passages: readonly Passage[];
}

/** A paragraph, the text of a list item, or a heading. */
export interface Passage {
  readonly kind: 'heading' | 'paragraph' | 'item';
  /** Without Markdown's marks, on one line. */
  readonly text: string;
  readonly line: number;
  /** Marked by its author as a claim; with the name of a scenario when the author gave one. */
  readonly claim?: { readonly scenario: string | undefined };
}

export interface CodeBlock {
  /** Of its first line of content. */
  readonly line: number;
  /** The first word of the info string in lower case; empty without one. */
  readonly language: string;
  /** Each ends with a newline in the file; as the block shows them, without the indentation of what it stands in. */
  readonly lines: readonly string[];
  readonly steering: Steering;
  /** Where the steering stands. */
  readonly steeringLine: number;
  /** Whether it comes directly behind the block before it: nothing stands between, or a sentence that ends with a colon. */
  readonly followsBlock: boolean;
}

/** What an author says of a block. */
export interface Steering {
  readonly place?: Place;
  /** Why it is not run; empty when the author gives no reason. */
  readonly skip?: string;
  readonly expectFail?: true;
  readonly background?: true;
  readonly cleanup?: true;
  readonly output?: true;
  readonly name?: string;
  /** The file that the block is the content of. */
  readonly saveAs?: string;
  readonly timeoutMs?: number;
}

/** Where commands are run. The user's shell is where kubectl is. */
export type Place =
  | { readonly kind: 'shell' }
  | { readonly kind: 'host' }
  | { readonly kind: 'node'; readonly node: string | undefined }
  | { readonly kind: 'pod'; readonly pod: string; readonly container: string | undefined };
