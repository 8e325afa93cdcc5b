import type { Cluster, CommandResult, World } from '../../../domain/cluster.js';
import type { Manifest } from '../../../domain/manifest.js';
import type { Clock } from '../../clock.js';
import type { KubectlCall } from './parse-call.js';

/** What a call is answered from. */
export interface KubectlContext {
  readonly cluster: Cluster;
  readonly world: World;
  readonly clock: Clock;
  /** When each pod was made, by the clock. */
  readonly made: Map<string, number>;
  /** The manifests of a file that the document has the content of, or of what a here-document hands over. */
  readonly read: (
    file: string,
    stdin: string | undefined,
  ) => readonly Manifest[] | { readonly problem: string };
  /** The line of the document that the call stands on. */
  readonly place: { readonly file: string; readonly line: number };
  readonly stdin: string | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** What a call answers, or why it cannot be answered from a cluster without a Kubernetes API. */
export type KubectlAnswer =
  | {
      readonly result: CommandResult;
      /** What was run for it, where something was. */
      readonly ran?: { readonly node: string; readonly argv: readonly string[]; readonly replay: string };
    }
  | { readonly cannot: string };

export type Verb = (call: KubectlCall, context: KubectlContext) => Promise<KubectlAnswer>;

/** Why a call is not answered. */
export const needsApi = 'needs a Kubernetes API, which this cluster lacks → --cluster kind or kubeconfig';

/** The answer of a call that went well. */
export const said = (stdout: string): KubectlAnswer => ({ result: { exitCode: 0, stdout, stderr: '' } });

/** The answer of a call that did what it could, and then names the pods that are not there. */
export const saidBut = (stdout: string, missing: readonly string[]): KubectlAnswer =>
  missing.length === 0
    ? said(stdout)
    : {
        result: {
          exitCode: 1,
          stdout,
          stderr: missing.map((name) => `Error from server (NotFound): pods "${name}" not found\n`).join(''),
        },
      };

/** The pod that an operand names: `web`, `pod/web`; undefined for something else than a pod. */
export const podName = (operand: string): string | undefined => {
  const [kind, name] = operand.split('/');
  if (name === undefined) return operand;
  return isPods(kind ?? '') ? name : undefined;
};

/** Whether a word names the kind of pods. */
export const isPods = (kind: string): boolean => /^(po|pods?)$/i.test(kind);
