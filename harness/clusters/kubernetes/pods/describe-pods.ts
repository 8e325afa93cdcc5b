import type { Artifact } from '../../../domain/artifact.js';
import { askPatiently, type KubernetesApi } from '../kubernetes-api.js';
import { eventTime, itemsOf, podsIn, type EventObject } from '../objects/kube-types.js';

/** The pods of a namespace as the API has them, and its events, for a diagnosis. Of a pod only what became of it: its spec has values of variables. */
export const describePods = async (
  api: KubernetesApi,
  namespace: string,
  signal: AbortSignal,
): Promise<readonly Artifact[]> => {
  const list = (resource: string) => {
    const path = `/api/v1/namespaces/${namespace}/${resource}`;
    return askPatiently(api, { method: 'GET', path }, `listing the ${resource}`, signal);
  };
  const [pods, events] = await Promise.all([list('pods'), list('events')]);
  const statuses = podsIn(pods).map(({ metadata, spec, status }): Artifact => {
    const { name = '', uid, labels, deletionTimestamp } = metadata ?? {};
    const content = { name, uid, labels, deletionTimestamp, node: spec?.nodeName, status };
    return {
      name: `pod-${name}-status.json`,
      content: `${JSON.stringify(content, undefined, 2)}\n`,
      keep: 'beginning',
    };
  });
  const lines = (itemsOf(events) as readonly EventObject[])
    .toSorted((one, other) => eventTime(one) - eventTime(other))
    .map(eventLine);
  return [...statuses, { name: 'events', content: lines.join(''), keep: 'end' }];
};

const eventLine = (event: EventObject): string => {
  const { type = '', reason = '', message = '', involvedObject, count = 1 } = event;
  const { kind = '', name = '' } = involvedObject ?? {};
  const times = count === 1 ? '' : ` (${count} times)`;
  const at = new Date(eventTime(event)).toISOString();
  return `${at} ${type} ${reason} ${kind}/${name}: ${message.trim()}${times}\n`;
};
