import type { Artifact } from '../../../domain/artifact.js';
import { askPatiently, type KubernetesApi } from '../kubernetes-api.js';
import type { Shape } from '../api/answer-shape.js';
import * as shapes from '../objects/kube-shapes.js';
import { eventTime, type EventObject } from '../objects/kube-types.js';

/** The pods of a namespace as the API has them, and its events, for a diagnosis. Of a pod only what became of it: its spec has values of variables. */
export const describePods = async (
  api: KubernetesApi,
  namespace: string,
  signal: AbortSignal,
): Promise<readonly Artifact[]> => {
  const list = <T>(resource: string, answer: Shape<T>) => {
    const path = `/api/v1/namespaces/${namespace}/${resource}`;
    return askPatiently(api, { method: 'GET', path, answer }, `listing the ${resource}`, signal);
  };
  const [pods, events] = await Promise.all([list('pods', shapes.pods), list('events', shapes.events)]);
  const statuses = pods.map(({ metadata, spec, status }): Artifact => {
    const { name = '', uid, labels, deletionTimestamp } = metadata ?? {};
    const content = { name, uid, labels, deletionTimestamp, node: spec?.nodeName, status };
    return {
      name: `pod-${name}-status.json`,
      content: `${JSON.stringify(content, undefined, 2)}\n`,
      keep: 'beginning',
    };
  });
  const lines = events.toSorted((one, other) => eventTime(one) - eventTime(other)).map(eventLine);
  return [...statuses, { name: 'events', content: lines.join(''), keep: 'end' }];
};

const eventLine = (event: EventObject): string => {
  const { type = '', reason = '', message = '', involvedObject, count = 1 } = event;
  const { kind = '', name = '' } = involvedObject ?? {};
  const times = count === 1 ? '' : ` (${count} times)`;
  const at = new Date(eventTime(event)).toISOString();
  return `${at} ${type} ${reason} ${kind}/${name}: ${message.trim()}${times}\n`;
};
