import { formatProblem } from '../../../domain/problem.js';
import type { Manifest } from '../../../domain/manifest.js';
import { needsApi, said, type KubectlAnswer, type KubectlContext, type Verb } from './answer.js';

/** `kubectl apply -f FILE`, `kubectl create -f FILE`: files are those that the document has, `-` is a here-document. */
export const applyFile: Verb = async ({ verb, operands, flags }, context) => {
  const file = flags.get('filename');
  if (file === undefined || operands.length > 0)
    return { cannot: `\`kubectl ${verb}\` without a file ${needsApi}` };
  const manifests = context.read(file, context.stdin);
  if ('problem' in manifests) return { cannot: manifests.problem };
  return verb === 'create' ? create(manifests, file, context) : applyManifests(manifests, context);
};

/** Makes what is not there yet, and then names the pods that are. */
const create = async (
  manifests: readonly Manifest[],
  file: string,
  context: KubectlContext,
): Promise<KubectlAnswer> => {
  const before = new Set((await context.world.pods(context.signal)).map(({ name }) => name));
  const fresh = manifests.filter(({ name }) => !before.has(name));
  const answer = await applyManifests(fresh, context);
  if ('cannot' in answer || fresh.length === manifests.length) return answer;
  const from = file === '-' ? 'STDIN' : file;
  const stderr = manifests
    .filter(({ name }) => before.has(name))
    .map(
      ({ name }) =>
        `Error from server (AlreadyExists): error when creating "${from}": pods "${name}" already exists\n`,
    );
  return { result: { ...answer.result, exitCode: 1, stderr: stderr.join('') } };
};

/** Applies pods and waits until they are ready; answers as kubectl does. */
export const applyManifests = async (
  manifests: readonly Manifest[],
  { cluster, world, made, clock, signal }: KubectlContext,
): Promise<KubectlAnswer> => {
  const unsupported = manifests.filter((manifest) => !cluster.supports(manifest));
  if (unsupported.length > 0)
    return { cannot: `a ${unsupported.map(({ kind }) => kind).join(', a ')} ${needsApi}` };
  const refused = manifests.flatMap((manifest) => cluster.refusals(manifest));
  if (refused.length > 0) return { cannot: refused.map(formatProblem).join('; ') };
  const before = new Set((await world.pods(signal)).map(({ name }) => name));
  await world.apply(manifests, signal);
  for (const { name } of manifests) if (!before.has(name)) made.set(name, clock.now());
  const lines = manifests.map(
    ({ kind, name }) => `${kind.toLowerCase()}/${name} ${before.has(name) ? 'unchanged' : 'created'}\n`,
  );
  return said(lines.join(''));
};
