import type { PodRecord } from '../../../domain/pod-record.js';
import { isPods, needsApi, podName, saidBut, type KubectlContext, type Verb } from './answer.js';
import { jsonPath } from './json-path.js';

/** `kubectl get pods [NAME…] [-o wide|name|jsonpath=…]`. */
export const getPods: Verb = async ({ operands, flags }, context) => {
  const [first = '', ...others] = operands;
  const names = isPods(first)
    ? others
    : operands.map((operand) => (operand.includes('/') ? podName(operand) : undefined));
  if (names.includes(undefined) || (!isPods(first) && names.length === 0) || flags.has('selector'))
    return { cannot: `\`kubectl get\` of anything but pods, all or by their names, ${needsApi}` };
  const all = await context.world.pods(context.signal);
  const missing = names.filter(
    (name): name is string => name !== undefined && !all.some((pod) => pod.name === name),
  );
  const pods =
    names.length === 0
      ? all.toSorted((a, b) => (a.name < b.name ? -1 : 1))
      : names.flatMap((name) => all.filter((pod) => pod.name === name));

  const found = (stdout: string) => saidBut(stdout, missing);
  if (missing.length > 0 && pods.length === 0) return found('');

  const output = flags.get('output') ?? '';
  const [, path] = /^jsonpath=['"]?(.*?)['"]?$/.exec(output) ?? [];
  if (path !== undefined) {
    const items = pods.map(objectOf);
    const text = jsonPath(path, names.length === 1 ? (items[0] ?? {}) : { items });
    return text === undefined ? { cannot: `\`${path}\` of a pod ${needsApi}` } : found(text);
  }
  if (output === 'name') return found(pods.map(({ name }) => `pod/${name}\n`).join(''));
  if (output !== '' && output !== 'wide') return { cannot: `\`-o ${output}\` ${needsApi}` };
  if (pods.length === 0)
    return { result: { exitCode: 0, stdout: '', stderr: 'No resources found in default namespace.\n' } };
  const rows = pods.map((pod) => rowOf(pod, output === 'wide', context));
  const unsure = pods.find((_, index) => rows[index] === undefined);
  if (unsure !== undefined)
    return { cannot: `the status of pod ${unsure.name}, whose containers do not all run, ${needsApi}` };
  const headings = flags.has('no-headers') ? [] : [output === 'wide' ? [...brief, ...wide] : brief];
  return found(tableOf([...headings, ...rows.flatMap((row) => (row === undefined ? [] : [row]))]));
};

const brief = ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'];
const wide = ['IP', 'NODE', 'NOMINATED NODE', 'READINESS GATES'];

/** The row that kubectl has for a pod; undefined where only a kubelet could say how its containers fare. */
const rowOf = (
  pod: PodRecord,
  isWide: boolean,
  { made, clock }: KubectlContext,
): readonly string[] | undefined => {
  const { name, containers, phase } = pod;
  const running = containers.filter(({ state }) => state === 'running').length;
  const done = phase === 'Succeeded';
  if (!done && (phase !== 'Running' || running < containers.length)) return undefined;
  const since = made.get(name);
  const restarts = containers.reduce((sum, container) => sum + container.restarts, 0);
  return [
    ...[name, `${running}/${containers.length}`, done ? 'Completed' : 'Running', String(restarts)],
    since === undefined ? '<unknown>' : age(clock.now() - since),
    ...(isWide ? [pod.ips[0] ?? '<none>', pod.node, '<none>', '<none>'] : []),
  ];
};

const age = (ms: number): string => {
  const seconds = Math.floor(ms / 1_000);
  return seconds < 120 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
};

/** Columns as kubectl aligns them, three blanks apart. */
const tableOf = (rows: readonly (readonly string[])[]): string => {
  const widths =
    rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length))) ?? [];
  return rows
    .map(
      (row) =>
        `${row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd((widths[column] ?? 0) + 3))).join('')}\n`,
    )
    .join('');
};

/** What is known of a pod, in the places where the API has it. */
const objectOf = ({ name, namespace, uid, node, phase, ips, containers }: PodRecord) => ({
  kind: 'Pod',
  metadata: { name, namespace, uid },
  spec: { nodeName: node, containers: containers.map((one) => ({ name: one.name })) },
  status: { phase, podIP: ips[0], podIPs: ips.map((ip) => ({ ip })) },
});
