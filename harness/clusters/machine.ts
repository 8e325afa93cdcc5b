import { delimiter, join } from 'node:path';

/** Where this machine keeps what outlives a run, and what the tools of registries are to know of it. */
export interface Machine {
  /** For what is slow to make: image archives and image stores. */
  readonly cacheDir: string;
  /** For the names of the clusters that other processes may attach to; its content is gone after a reboot. */
  readonly stateDir: string;
  /** The variables that name registries' credentials and proxies. */
  readonly registryEnv: Readonly<Record<string, string>>;
  /** The files that kubectl would read: those of KUBECONFIG, or the usual one. */
  readonly kubeconfigs: readonly string[];
  /** How the environment says to reach a container engine. */
  readonly engine: EngineSettings;
}

export interface EngineSettings {
  /** DOCKER_HOST. */
  readonly host: string | undefined;
  /** XDG_RUNTIME_DIR, where a rootless engine has its socket. */
  readonly runtimeDir: string | undefined;
  /** The image of Ryuk, by which testcontainers removes what a killed process leaves; undefined where that is not wanted. */
  readonly ryuk: string | undefined;
}

/** What skopeo reads: https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md, and Go's proxy variables. */
const registryVariables = [
  'HOME',
  'PATH',
  'XDG_RUNTIME_DIR',
  'REGISTRY_AUTH_FILE',
  'DOCKER_CONFIG',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
];

/** The machine as its environment variables describe it. NETCLAIMS_CACHE_DIR and NETCLAIMS_STATE_DIR come first, then XDG's. */
export const machineOf = (env: Readonly<Record<string, string | undefined>>, uid: number): Machine => {
  const home = env.HOME ?? '/';
  const cache = uid === 0 ? '/var/cache' : (env.XDG_CACHE_HOME ?? join(home, '.cache'));
  const state = uid === 0 ? '/run' : (env.XDG_RUNTIME_DIR ?? `/tmp/netclaims-${uid}`);
  return {
    cacheDir: env.NETCLAIMS_CACHE_DIR ?? join(cache, 'netclaims'),
    stateDir: env.NETCLAIMS_STATE_DIR ?? join(state, 'netclaims'),
    kubeconfigs: kubeconfigsOf(env.KUBECONFIG, home),
    engine: {
      host: env.DOCKER_HOST,
      runtimeDir: env.XDG_RUNTIME_DIR,
      ryuk:
        env.TESTCONTAINERS_RYUK_DISABLED === 'true'
          ? undefined
          : (env.RYUK_CONTAINER_IMAGE ?? 'testcontainers/ryuk:0.14.0'),
    },
    registryEnv: Object.fromEntries(
      registryVariables.flatMap((name) => {
        const value = env[name];
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  };
};

const kubeconfigsOf = (variable: string | undefined, home: string): readonly string[] => {
  const named = (variable ?? '').split(delimiter).filter(Boolean);
  return named.length > 0 ? named : [join(home, '.kube', 'config')];
};
