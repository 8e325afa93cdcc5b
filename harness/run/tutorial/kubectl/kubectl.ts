import { needsApi, type KubectlAnswer, type KubectlContext, type Verb } from './answer.js';
import { applyFile } from './apply.js';
import { deletePods } from './delete.js';
import { execInPod } from './exec.js';
import { getPods } from './get.js';
import { parseCall } from './parse-call.js';
import { runPod } from './run.js';
import { waitForPods } from './wait.js';

const verbs: Readonly<Record<string, Verb>> = {
  apply: applyFile,
  create: applyFile,
  delete: deletePods,
  exec: execInPod,
  get: getPods,
  run: runPod,
  wait: waitForPods,
};

/**
 * Answers what can be answered truly about the pods of a world; everything else it refuses with the reason.
 * @param words behind `kubectl`
 */
export const kubectl = async (words: readonly string[], context: KubectlContext): Promise<KubectlAnswer> => {
  const call = parseCall(words);
  if ('unknown' in call) return { cannot: `\`kubectl ${words[0] ?? ''} ${call.unknown}\` ${needsApi}` };
  const verb = Object.hasOwn(verbs, call.verb) ? verbs[call.verb] : undefined;
  if (verb === undefined) return { cannot: `\`kubectl ${call.verb}\` ${needsApi}` };
  const namespace = call.flags.get('namespace');
  if (namespace !== undefined && namespace !== 'default')
    return { cannot: `the namespace ${namespace} ${needsApi}` };
  return verb(call, context);
};
