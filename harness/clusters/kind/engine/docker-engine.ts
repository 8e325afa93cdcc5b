import type Docker from 'dockerode';
import { stripVTControlCharacters } from 'node:util';
import { NetclaimsError } from '../../../domain/error.js';
import type { Engine, Resource } from './engine.js';
import type { EngineAddress } from './engine-address.js';
import { containerEnd } from './container-end.js';
import { execIn } from './exec.js';
import { existing, listResources, stateOf } from './read-answers.js';
import { requestTo } from './request.js';

/** Whoever looks for an engine has others to try. */
const helloMs = 5_000;
const answerMs = 15_000;
/** A node's container goes with its processes and its volume. */
const removeMs = 120_000;
const pullMs = 900_000;

/** The engine at an address, through its HTTP API. */
export const dockerEngine = async (address: EngineAddress): Promise<Engine> => {
  // Loaded only where there is an engine: it takes a quarter of a second.
  const { default: Client } = await import('dockerode');
  const docker = new Client(clientOptions(address));
  const request = requestTo(address.uri);

  const remove = async ({ kind, id }: Pick<Resource, 'kind' | 'id'>, signal: AbortSignal): Promise<void> => {
    const abortSignal = signal;
    switch (kind) {
      case 'container':
        return docker.getContainer(id).remove({ force: true, v: true, abortSignal }) as Promise<void>;
      case 'network':
        return docker.getNetwork(id).remove({ abortSignal }) as Promise<void>;
      case 'volume':
        return docker.getVolume(id).remove({ abortSignal }) as Promise<void>;
    }
  };

  return {
    host: hostOf(address),
    cli: address.usual ? ['docker'] : ['docker', '--host', address.uri],

    info: (signal) =>
      request(
        'say its version',
        helloMs,
        async (abortSignal) => {
          // Its types know nothing of options.
          const version = docker.version.bind(docker) as (options: object) => Promise<Docker.DockerVersion>;
          const { Version, ApiVersion, Os } = await version({ abortSignal });
          return { version: Version, apiVersion: ApiVersion, osType: Os };
        },
        signal,
      ),

    list: (kind, label, signal) =>
      request(`list ${kind}s`, answerMs, (stop) => listResources(docker, kind, label, stop), signal),

    remove: (resource, signal) =>
      request(
        `remove the ${resource.kind} ${resource.id}`,
        removeMs,
        async (stop) => {
          await existing(remove(resource, stop));
        },
        signal,
      ),

    hasImage: (reference, signal) =>
      request(
        `look for the image ${reference}`,
        answerMs,
        () => existing(docker.getImage(reference).inspect()),
        signal,
      ).then((image) => image !== undefined),

    imagesOf: (repository, signal) =>
      request(
        `look for images of ${repository}`,
        answerMs,
        async (abortSignal) => {
          const filters = { reference: [repository] };
          const images = await docker.listImages({ filters, abortSignal });
          return [...images]
            .sort((a, b) => b.Created - a.Created)
            .flatMap(({ RepoTags }) => (RepoTags as typeof RepoTags | null) ?? []);
        },
        signal,
      ),

    pullImage: (reference, signal) =>
      request(
        `fetch the image ${reference}`,
        pullMs,
        async (abortSignal) => {
          const stream = await docker.pull(reference, { abortSignal });
          // That a pull failed is told at the end of a stream that begins well.
          await new Promise<void>((resolve, reject) =>
            docker.modem.followProgress(stream, (error: Error | null) =>
              error === null ? resolve() : reject(error),
            ),
          );
        },
        signal,
      ),

    createNetwork: ({ name, labels, ipv6Subnet }, signal) =>
      request(
        `make the network ${name}`,
        answerMs,
        async (abortSignal) => {
          await docker.createNetwork({
            Name: name,
            Driver: 'bridge',
            Labels: { ...labels },
            Options: { 'com.docker.network.bridge.enable_ip_masquerade': 'true' },
            ...(ipv6Subnet === undefined
              ? {}
              : { EnableIPv6: true, IPAM: { Driver: 'default', Config: [{ Subnet: ipv6Subnet }] } }),
            abortSignal,
          });
        },
        signal,
      ),

    createVolume: (name, labels, signal) =>
      request(
        `make the volume ${name}`,
        answerMs,
        async (abortSignal) => {
          await docker.createVolume({ Name: name, Labels: { ...labels }, abortSignal });
        },
        signal,
      ),

    inspect: (container, signal) =>
      request(
        `describe the container ${container}`,
        answerMs,
        async (abortSignal) => {
          const found = await existing(docker.getContainer(container).inspect({ abortSignal }));
          return found === undefined ? undefined : stateOf(found);
        },
        signal,
      ),

    exec: (container, options, signal) => execIn(docker, request, container, options, signal),

    logs: (container, lines, signal) =>
      request(
        `show the log of ${container}`,
        answerMs,
        async (abortSignal) => {
          const text = await docker
            .getContainer(container)
            .logs({ stdout: true, stderr: true, follow: false, tail: lines, abortSignal });
          // As a terminal got them: with its control sequences.
          return stripVTControlCharacters(text.toString('utf8'))
            .split('\n')
            .map((line) => line.trim())
            .filter(Boolean);
        },
        signal,
      ),

    ended: (containers, signal) => containerEnd(docker, address.uri, containers, signal),
  };
};

/** Beside an engine with a socket of this machine, its ports are on this machine too. */
const hostOf = ({ uri }: EngineAddress): string =>
  uri.startsWith('unix://') ? '127.0.0.1' : new URL(uri).hostname;

/** @throws NetclaimsError `cluster/no-engine` for an address that is none */
const clientOptions = ({ uri }: EngineAddress): Docker.DockerOptions => {
  if (uri.startsWith('unix://')) return { socketPath: uri.slice('unix://'.length) };
  try {
    // The client takes the certificates from DOCKER_CERT_PATH itself.
    const { hostname, port, protocol } = new URL(uri);
    const secure = protocol === 'https:' || port === '2376';
    return { host: hostname, port: port === '' ? 2375 : Number(port), protocol: secure ? 'https' : 'http' };
  } catch (cause) {
    throw new NetclaimsError({
      code: 'cluster/no-engine',
      what: `DOCKER_HOST is \`${uri}\`, which is no address`,
      remedy: 'write it as unix:///PATH or tcp://HOST:PORT',
      cause,
    });
  }
};
