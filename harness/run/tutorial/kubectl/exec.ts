import { needsApi, podName, saidBut, type Verb } from './answer.js';

/** `kubectl exec [-it] POD [-c CONTAINER] -- COMMAND`: runs the command in the container. A terminal is not needed to answer. */
export const execInPod: Verb = async ({ operands, flags, command }, { world, stdin, timeoutMs, signal }) => {
  const [operand, ...more] = operands;
  const pod = operand === undefined ? undefined : podName(operand);
  if (pod === undefined || more.length > 0 || command.length === 0)
    return { cannot: `\`kubectl exec\` of anything but a command behind \`--\` in a pod ${needsApi}` };
  if (stdin !== undefined) return { cannot: `\`kubectl exec\` with an input ${needsApi}` };
  const record = (await world.pods(signal)).find(({ name }) => name === pod);
  if (record === undefined) return saidBut('', [pod]);
  const names = record.containers.map(({ name }) => name).join(', ');
  const wanted = flags.get('container');
  const container = wanted ?? record.containers[0]?.name ?? '';
  if (!record.containers.some(({ name }) => name === container)) {
    const stderr = `error: container ${container} is not valid for pod ${pod} out of: ${names}\n`;
    return { result: { exitCode: 1, stdout: '', stderr } };
  }
  const target = { pod, container };
  const { exitCode, stdout, stderr } = await world.exec(target, { argv: command, timeoutMs }, signal);
  const chosen =
    wanted === undefined && record.containers.length > 1
      ? `Defaulted container "${container}" out of: ${names}\n`
      : '';
  const ended = exitCode === 0 ? '' : `command terminated with exit code ${exitCode}\n`;
  return {
    result: { exitCode, stdout, stderr: chosen + stderr + ended },
    ran: { node: record.node, argv: command, replay: world.replayExec(target, command) },
  };
};
