import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { NetclaimsError } from '../../../domain/error.js';
import type { EngineSettings } from '../../machine.js';

/** Where a container engine's API is. */
export interface EngineAddress {
  /** As DOCKER_HOST has it: `unix:///…`, `tcp://…`. */
  readonly uri: string;
  /** Whether it is where `docker` looks when nothing is said. */
  readonly usual: boolean;
}

const usualSocket = '/var/run/docker.sock';

/** Where engines put their sockets; rootless ones and those of desktops below the user's own folders. */
const sockets = ({ runtimeDir }: EngineSettings): readonly string[] => [
  usualSocket,
  ...(runtimeDir === undefined ? [] : [join(runtimeDir, 'docker.sock')]),
  join(homedir(), '.docker', 'run', 'docker.sock'),
  join(homedir(), '.docker', 'desktop', 'docker.sock'),
];

/**
 * The engine that DOCKER_HOST names, else the first socket that is there; testcontainers looks in the same order.
 * @throws NetclaimsError `cluster/no-engine`, with every place that was looked at
 */
export const engineAddress = async (settings: EngineSettings): Promise<EngineAddress> => {
  const { host } = settings;
  if (host !== undefined && host !== '') {
    if (/^(unix|tcp|http|https):\/\//.test(host)) return { uri: host, usual: false };
    throw noEngine([
      `DOCKER_HOST is \`${host}\`, which begins with none of unix://, tcp://, http://, https://`,
    ]);
  }
  const missing = [];
  for (const socket of sockets(settings)) {
    try {
      await access(socket);
      return { uri: `unix://${socket}`, usual: socket === usualSocket };
    } catch (error) {
      missing.push(`${socket}: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
    }
  }
  throw noEngine(['DOCKER_HOST is not set', ...missing]);
};

/** What would give this machine an engine. */
export const engineRemedy =
  'install and start Docker (`apt-get install docker.io`), or name a running engine by DOCKER_HOST';

const noEngine = (evidence: readonly string[]): NetclaimsError =>
  new NetclaimsError({
    code: 'cluster/no-engine',
    what: 'there is no container engine',
    evidence,
    remedy: engineRemedy,
  });
