import type { Node } from '../../domain/cluster.js';
import { NetclaimsError } from '../../domain/error.js';
import type { KubectlShell } from './session.js';

/** Where kubectl is, and how it finds the cluster. */
export interface KubectlAccess {
  /** A node that has kubectl, or this machine. */
  readonly where: Pick<Node, 'name' | 'exec' | 'replay'>;
  /** kubectl's own options for the cluster: `--kubeconfig FILE`, `--context NAME`. */
  readonly options: readonly string[];
  readonly onlyKubectl: boolean;
}

/** A kubeconfig of the document's own, which names its namespace, and a folder for its files. Disposing of it removes both. */
export interface OpenKubectl extends AsyncDisposable {
  readonly shell: KubectlShell;
}

const setUp = `
set -e
umask 077
namespace=$1
shift
folder=$(mktemp -d)
kubectl "$@" config view --raw --minify --flatten >"$folder/.kubeconfig" || { rm -rf "$folder"; exit 1; }
kubectl --kubeconfig "$folder/.kubeconfig" config set-context --current --namespace "$namespace" >&2
echo "$folder"
`.trim();
const inFolder = 'cd "$1" && export KUBECONFIG="$1/.kubeconfig" && shift && exec "$@"';
const write = 'mkdir -p "$(dirname "$1/$2")" && cat >"$1/$2"';
const setUpMs = 30_000;

/** Opens kubectl for a namespace; undefined where there is none. @throws NetclaimsError `cluster/no-kubectl` */
export const openKubectl = async (
  access: KubectlAccess | undefined,
  namespace: string,
  signal: AbortSignal,
): Promise<OpenKubectl | undefined> => {
  if (access === undefined) return undefined;
  const { where, options, onlyKubectl } = access;
  const made = await where.exec(
    { argv: ['sh', '-c', setUp, 'sh', namespace, ...options], timeoutMs: setUpMs },
    signal,
  );
  if (made.exitCode !== 0) {
    throw new NetclaimsError({
      code: 'cluster/no-kubectl',
      what: `kubectl on ${where.name} does not reach the cluster`,
      evidence: made.stderr.trim().split('\n').slice(-3),
      remedy: 'install kubectl there, or see that its kubeconfig is right',
    });
  }
  const folder = made.stdout.trim();
  const within = (argv: readonly string[]) => ['sh', '-c', inFolder, 'sh', folder, ...argv];
  const save: KubectlShell['save'] = async (name, text, stop) => {
    await where.exec(
      { argv: ['sh', '-c', write, 'sh', folder, name], stdin: text, timeoutMs: setUpMs },
      stop,
    );
  };
  return {
    shell: {
      name: where.name,
      exec: (command, stop) => where.exec({ ...command, argv: within(command.argv) }, stop),
      replay: (command) => where.replay(command),
      onlyKubectl,
      save,
    },
    async [Symbol.asyncDispose]() {
      await where.exec({ argv: ['rm', '-rf', folder], timeoutMs: setUpMs }, new AbortController().signal);
    },
  };
};
