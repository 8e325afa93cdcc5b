/** How far an object is from being ready, in words for people. */
export type Readiness =
  | { readonly is: 'ready' }
  | { readonly is: 'pending'; readonly says: string }
  /** It will not become ready. */
  | { readonly is: 'hopeless'; readonly failure: PodFailure };

export interface PodFailure {
  readonly code: 'pod/image' | 'pod/not-started' | 'pod/exited' | 'pod/failed';
  /** The container to blame, if it is one. */
  readonly container: string | undefined;
  /** What happened, to be put after the pod's or container's name. */
  readonly says: string;
  readonly evidence: readonly string[];
  readonly remedy: string;
}

export const ready: Readiness = { is: 'ready' };

export const pending = (says: string): Readiness => ({ is: 'pending', says });

export const hopeless = (failure: PodFailure): Readiness => ({ is: 'hopeless', failure });
