import { isPods, needsApi, podName, saidBut, type Verb } from './answer.js';

/** `kubectl delete pod NAME…`, `kubectl delete -f FILE`. */
export const deletePods: Verb = async ({ operands, flags }, { world, read, stdin, signal }) => {
  const file = flags.get('filename');
  const manifests = file === undefined ? undefined : read(file, stdin);
  if (manifests !== undefined && 'problem' in manifests) return { cannot: manifests.problem };
  const [first = '', ...others] = operands;
  const named = isPods(first)
    ? others
    : operands.map((operand) => (operand.includes('/') ? podName(operand) : undefined));
  const names = manifests?.map(({ kind, name }) => (kind === 'Pod' ? name : undefined)) ?? named;
  if (names.length === 0 || names.includes(undefined) || flags.has('all') || flags.has('selector'))
    return { cannot: `\`kubectl delete\` of anything but pods by their names ${needsApi}` };
  const lines: string[] = [];
  const missing: string[] = [];
  for (const name of names as readonly string[]) {
    if (!(await world.pods(signal)).some((pod) => pod.name === name)) {
      missing.push(name);
      continue;
    }
    await world.delete({ kind: 'Pod', name }, signal);
    lines.push(`pod "${name}" deleted from default namespace\n`);
  }
  return saidBut(lines.join(''), missing);
};
