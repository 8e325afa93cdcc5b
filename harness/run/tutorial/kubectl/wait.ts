import { isPods, needsApi, podName, saidBut, type Verb } from './answer.js';

/** `kubectl wait --for=condition=Ready pod/NAME`: what was applied here is ready, as long as all of its containers run. */
export const waitForPods: Verb = async ({ operands, flags }, { world, signal }) => {
  const [first = '', ...others] = operands;
  const names = isPods(first)
    ? others
    : operands.map((operand) => (operand.includes('/') ? podName(operand) : undefined));
  const condition = flags.get('for') ?? '';
  if (!/^condition=Ready(=true)?$/i.test(condition) || names.length === 0 || names.includes(undefined))
    return {
      cannot: `\`kubectl wait\` for anything but \`condition=Ready\` of pods by their names ${needsApi}`,
    };
  const pods = await world.pods(signal);
  const lines: string[] = [];
  const missing: string[] = [];
  for (const name of names as readonly string[]) {
    const pod = pods.find((one) => one.name === name);
    if (pod === undefined) {
      missing.push(name);
      continue;
    }
    if (pod.phase !== 'Running' || pod.containers.some(({ state }) => state !== 'running'))
      return { cannot: `whether pod ${name}, whose containers do not all run, becomes ready ${needsApi}` };
    lines.push(`pod/${name} condition met\n`);
  }
  return saidBut(lines.join(''), missing);
};
