import type { Cluster, Node, World } from '../../domain/cluster.js';
import type { Manifest } from '../../domain/manifest.js';
import type { Place } from '../../tutorial/markdown/document.js';
import type { Clock } from '../clock.js';
import { readManifests } from './read-manifests.js';
import { nothingCarried, type Carried } from './shell-argv.js';

/** What a run of a tutorial has at hand and leaves from one command to the next. */
export interface Session {
  readonly file: string;
  readonly cluster: Cluster;
  readonly world: World;
  readonly clock: Clock;
  /** Runs an argv on this machine; undefined when nothing may run here. */
  readonly host: HostShell | undefined;
  /** Runs kubectl, and whatever stands in a line with it; undefined where there is no Kubernetes API. */
  readonly kubectl: KubectlShell | undefined;
  /** Text that no output has. */
  readonly mark: string;
  /** When each pod was made. */
  readonly made: Map<string, number>;
  /** Files that the document has the content of. */
  readonly files: Map<string, { readonly line: number; readonly text: string }>;
  readonly carried: Map<string, Carried>;
}

/** Runs commands of this machine's user. */
export type HostShell = Pick<Node, 'exec' | 'replay'>;

/** Where kubectl reaches the cluster: commands run there, with the files of the document in their folder. */
export interface KubectlShell extends Pick<Node, 'name' | 'exec' | 'replay'> {
  /** Whether only kubectl itself may be run, without a shell. */
  readonly onlyKubectl: boolean;
  /** Writes a file of the document into the folder where commands run. */
  save(name: string, text: string, signal: AbortSignal): Promise<void>;
}

/** The name of a place, for readers and for what is left there. */
export const placeName = (place: Place, { cluster }: Pick<Session, 'cluster'>): string => {
  switch (place.kind) {
    case 'shell':
      return "the user's shell";
    case 'host':
      return 'this machine';
    case 'node':
      return place.node ?? cluster.nodes[0]?.name ?? 'node';
    case 'pod':
      return `pod ${place.pod}${place.container === undefined ? '' : `/${place.container}`}`;
  }
};

export const carriedIn = (session: Session, place: Place): Carried =>
  session.carried.get(placeName(place, session)) ?? nothingCarried;

/** The manifests of a file of the document, or of an input. */
export const manifestsOf = (
  session: Session,
  file: string,
  stdin: string | undefined,
  line: number,
): readonly Manifest[] | { readonly problem: string } => {
  if (file === '-') {
    return stdin === undefined
      ? { problem: 'what `-` stands for is not in the document' }
      : readManifests(session.file, line, stdin);
  }
  const known = session.files.get(file);
  return known === undefined
    ? {
        problem: `the document has no block that is \`${file}\` → write file=${file} above the block that is its content`,
      }
    : readManifests(session.file, known.line, known.text);
};
