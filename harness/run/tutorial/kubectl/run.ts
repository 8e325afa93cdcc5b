import type { Manifest } from '../../../domain/manifest.js';
import { applyManifests } from './apply.js';
import { needsApi, type Verb } from './answer.js';

/** `kubectl run NAME --image=IMAGE`: the pod that kubectl would make of it. */
export const runPod: Verb = async ({ operands, flags, command }, context) => {
  const [name, ...more] = operands;
  const image = flags.get('image');
  const attached = ['stdin', 'tty', 'rm'].find((flag) => flags.has(flag));
  if (attached !== undefined) return { cannot: `\`kubectl run\` with a terminal of its own ${needsApi}` };
  if (name === undefined || image === undefined || more.length > 0)
    return { cannot: `\`kubectl run\` without a name and an image ${needsApi}` };
  const restartPolicy = flags.get('restart');
  const port = flags.get('port');
  const pull = flags.get('image-pull-policy');
  const variable = flags.get('env');
  const object = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: labelsOf(flags.get('labels')) ?? { run: name } },
    spec: {
      containers: [
        {
          name,
          image,
          ...(command.length === 0 ? {} : { [flags.has('command') ? 'command' : 'args']: command }),
          ...(port === undefined ? {} : { ports: [{ containerPort: Number(port) }] }),
          ...(pull === undefined ? {} : { imagePullPolicy: pull }),
          ...(variable === undefined ? {} : { env: [variableOf(variable)] }),
        },
      ],
      ...(restartPolicy === undefined ? {} : { restartPolicy }),
    },
  };
  const { file, line } = context.place;
  const manifest: Manifest = { file, kind: 'Pod', name, object, position: () => ({ line, column: 1 }) };
  return applyManifests([manifest], context);
};

const labelsOf = (text: string | undefined): Readonly<Record<string, string>> | undefined =>
  text === undefined
    ? undefined
    : Object.fromEntries(text.split(',').map((pair) => pair.split('=') as [string, string]));

const variableOf = (text: string) => {
  const [name = '', ...value] = text.split('=');
  return { name, value: value.join('=') };
};
