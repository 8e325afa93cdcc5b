import { noEvidence } from '../../../domain/absent.js';
import { deadline } from '../../../domain/deadline.js';
import { NetclaimsError } from '../../../domain/error.js';
import type { Manifest } from '../../../domain/manifest.js';
import * as shapes from '../objects/kube-shapes.js';
import { eventTime, type EventObject, type PodObject } from '../objects/kube-types.js';
import type { KubernetesApi } from '../kubernetes-api.js';
import { stateText } from './container-text.js';
import type { PodFailure } from './readiness.js';

/** How long what is said of a failure may take to be gathered. */
const gatherMs = 3_000;
const logLines = 5;
const eventLines = 5;

/** Why an object will not become ready: its place in the manifest, who is to blame, what was last seen, the last lines of its log, events. */
export const hopelessError = async (
  api: KubernetesApi,
  manifest: Manifest,
  pod: PodObject | undefined,
  failure: PodFailure,
): Promise<NetclaimsError> => {
  const { code, container, says, evidence, remedy } = failure;
  const place = placeOf(manifest, container);
  const subject =
    pod === undefined
      ? `${manifest.kind} ${manifest.name}`
      : `pod ${nameOf(pod)}${container === undefined ? '' : `, container ${container}`}`;
  return new NetclaimsError({
    code,
    what: `${place} ${subject} ${says}`,
    evidence: [...evidence, ...(pod === undefined ? [] : await gather(api, pod, container))],
    remedy,
  });
};

/** That something was not ready when there was no more time, with the state of each of the pods that were not. */
export const notReadyError = async (
  api: KubernetesApi,
  waiting: readonly {
    readonly manifest: Manifest;
    readonly says: string;
    readonly pods: readonly PodObject[];
  }[],
  cause: unknown,
): Promise<NetclaimsError> => {
  const pods = new Map(waiting.flatMap((one) => one.pods).map((pod) => [nameOf(pod), pod]));
  const [first, ...others] = waiting;
  const subject = first === undefined ? '' : `${placeOf(first.manifest)} ${title(first.manifest)}`;
  const details = await Promise.all([...pods.values()].slice(0, 3).map((pod) => describe(api, pod)));
  return new NetclaimsError({
    code: 'pod/not-ready',
    what: `${subject} did not get ready: ${first?.says ?? ''}`,
    evidence: [
      ...others.map(({ manifest, says }) => `nor did ${title(manifest)}: ${says}`),
      ...details.flat(),
      ...(cause instanceof Error ? [`last answer of the API: ${cause.message}`] : []),
    ],
    remedy: 'see what its containers wait for',
    cause,
  });
};

const title = ({ kind, name }: Manifest): string => `${kind === 'Pod' ? 'pod' : kind} ${name}`;

const describe = async (api: KubernetesApi, pod: PodObject): Promise<readonly string[]> => {
  const { status = {}, spec } = pod;
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  return [
    `pod ${nameOf(pod)}: ${status.phase ?? 'Unknown'}, ${spec?.nodeName === undefined ? 'on no node' : `on ${spec.nodeName}`}`,
    ...containers.map((each) => `container ${each.name}: ${stateText(each)}`),
    ...(await gather(api, pod, containers.find(({ ready }) => !ready)?.name)),
  ];
};

/** The last lines of a container's log and the newest events of its pod; nothing where they cannot be read, for what they explain is known. */
const gather = async (
  { client }: KubernetesApi,
  { metadata }: PodObject,
  container: string | undefined,
): Promise<readonly string[]> => {
  const { namespace = '', name = '' } = metadata ?? {};
  const signal = deadline(gatherMs);
  const log = async (previous: boolean): Promise<readonly string[]> => {
    if (container === undefined) return [];
    const query = { container, tailLines: String(logLines), ...(previous ? { previous: 'true' } : {}) };
    const path = `/api/v1/namespaces/${namespace}/pods/${name}/log`;
    const { body } = await client.ask({ method: 'GET', path, query, as: 'text' }, signal);
    return String(body)
      .split('\n')
      .filter(Boolean)
      .map((line) => `${container} | ${line}`);
  };
  const lines = log(false)
    .catch(noEvidence)
    .then((now) => (now.length > 0 ? now : log(true).catch(noEvidence)));
  const events = client
    .ask(
      {
        method: 'GET',
        path: `/api/v1/namespaces/${namespace}/events`,
        query: { fieldSelector: `involvedObject.name=${name}` },
        answer: shapes.events,
      },
      signal,
    )
    .then(({ body }) => newest(body))
    .catch((error: unknown) => [
      `its events could not be read: ${error instanceof Error ? error.message : String(error)}`,
    ]);
  return [...(await lines), ...(await events)];
};

const newest = (events: readonly EventObject[]): readonly string[] =>
  events
    .filter(({ type }) => type === 'Warning')
    .toSorted((one, other) => eventTime(one) - eventTime(other))
    .slice(-eventLines)
    .map(({ reason, message }) => `event ${reason ?? ''}: ${message?.trim() ?? ''}`);

const nameOf = ({ metadata }: PodObject): string => metadata?.name ?? '';

/** Where a container stands in its manifest, or the object when none is named or it is not there: `file:line:column`. */
const placeOf = (manifest: Manifest, container?: string): string => {
  const spec = specPath(manifest.kind);
  const lists = ['containers', 'initContainers'].map((list) => [...spec, list]);
  const found = lists.flatMap((path) => {
    const containers = path.reduce<unknown>(
      (inner, key) => (inner as Record<string, unknown> | undefined)?.[key],
      manifest.object,
    );
    if (container === undefined || !Array.isArray(containers)) return [];
    const index = containers.findIndex((each: { readonly name?: unknown }) => each.name === container);
    return index === -1 ? [] : [[...path, index]];
  });
  const { line, column } = manifest.position(found[0] ?? []);
  return `${manifest.file}:${line}:${column}`;
};

const specPath = (kind: string): readonly string[] =>
  kind === 'Pod' ? ['spec'] : ['spec', 'template', 'spec'];
