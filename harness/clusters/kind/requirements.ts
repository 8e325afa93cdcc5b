import type { Refusal } from '../../domain/cluster-provider.js';
import { NetclaimsError } from '../../domain/error.js';
import { engineAddress } from './engine/engine-address.js';
import { dockerEngine } from './engine/docker-engine.js';
import type { Engine } from './engine/engine.js';
import type { EngineSettings } from '../machine.js';

/** What nodes are made of unless somebody says otherwise: kind v0.30's own choice. */
export const defaultNodeImage =
  'kindest/node:v1.34.0@sha256:7416a61b42b1662ca6ca89f02028ac133a309a2a30ba309614e8ec94d976dc5a';

/** Where `make node-image` puts what it makes, on machines that have no registry; the tag is Kubernetes' version. */
export const ownRepository = 'netclaims/node';

/** Private cgroup namespaces came with it, Docker 20.10. */
const oldestApi = '1.41';

/**
 * The engine of this machine, once it has answered and is one that can run nodes.
 * @throws NetclaimsError `cluster/no-engine`, `cluster/engine-…`
 */
export const connectEngine = async (settings: EngineSettings, signal: AbortSignal): Promise<Engine> => {
  const address = await engineAddress(settings);
  const engine = await dockerEngine(address);
  const { version, apiVersion, osType } = await engine.info(signal);
  if (osType !== 'linux') {
    throw new NetclaimsError({
      code: 'cluster/engine-unsuitable',
      what: `the container engine at ${address.uri} runs containers for ${osType}`,
      remedy: 'use one that runs Linux containers',
    });
  }
  if (isOlder(apiVersion, oldestApi)) {
    throw new NetclaimsError({
      code: 'cluster/engine-unsuitable',
      what: `the container engine at ${address.uri} is too old: ${version}, API ${apiVersion}`,
      remedy: `use Docker 20.10 or newer (API ${oldestApi})`,
    });
  }
  return engine;
};

const isOlder = (version: string, than: string): boolean => {
  const [a = 0, b = 0] = version.split('.').map(Number);
  const [c = 0, d = 0] = than.split('.').map(Number);
  return a < c || (a === c && b < d);
};

/** An error as a refusal; what is none of netclaims' own is thrown. */
export const asRefusal = (error: unknown): Refusal => {
  if (!(error instanceof NetclaimsError)) throw error;
  const evidence = error.evidence.length === 0 ? '' : ` (${error.evidence.join('; ')})`;
  return { reason: `${error.message}${evidence}`, remedy: error.remedy };
};

/**
 * The image for the nodes: the one that was asked for, else the default, else the newest that `make node-image` has made, if only that is here. It
 * is fetched when it is not here.
 * @throws NetclaimsError `image/no-node-image`
 */
export const provideNodeImage = async (
  engine: Engine,
  asked: string | undefined,
  progress: (phase: string) => void,
  signal: AbortSignal,
): Promise<string> => {
  const present = await presentNodeImage(engine, asked, signal);
  if (present !== undefined) return present;
  const image = asked ?? defaultNodeImage;
  progress(`fetching the node image ${image}`);
  try {
    await engine.pullImage(image, signal);
    return image;
  } catch (cause) {
    signal.throwIfAborted();
    throw new NetclaimsError({
      code: 'image/no-node-image',
      what: `the node image ${image} is not here, and could not be fetched from its registry`,
      evidence: cause instanceof NetclaimsError ? [cause.message, ...cause.evidence] : [String(cause)],
      remedy:
        'without a registry, make one with `make node-image`, or bring one with `docker load`, and name it with --node-image; ' +
        '`--cluster containerd` needs none',
      cause,
    });
  }
};

/** The image that would be used, if it is here. */
export const presentNodeImage = async (
  engine: Engine,
  asked: string | undefined,
  signal: AbortSignal,
): Promise<string | undefined> => {
  const wanted = asked ?? defaultNodeImage;
  if (await engine.hasImage(wanted, signal)) return wanted;
  return asked === undefined ? (await engine.imagesOf(ownRepository, signal))[0] : undefined;
};
