import { Agent as HttpAgent, type OutgoingHttpHeaders, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, type AgentOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { credentialPlugin, withoutPlugin } from './credential-plugin.js';

/** How a request reaches the server of a kubeconfig's context, and as whom. */
export interface Access extends Disposable {
  /** Without a slash at its end. */
  readonly server: string;
  /** What to hand to a request; asked for each time, for tokens change. The signal gives up waiting for a credential plugin. */
  options(signal: AbortSignal): Promise<RequestOptions & Pick<AgentOptions, 'cert'>>;
}

/** Connections are kept open between requests; behind a proxy, client-node's own agent makes them. */
export const accessOf = (kubeConfig: KubeConfig): Access => {
  const cluster = kubeConfig.getCurrentCluster();
  if (cluster === null) throw new Error(`the context ${kubeConfig.getCurrentContext()} names no cluster`);
  const server = cluster.server.replace(/\/+$/, '');
  const agents = new Map<string, HttpAgent>();
  const plugin = credentialPlugin(kubeConfig);
  const own = plugin === undefined ? kubeConfig : withoutPlugin(kubeConfig);

  const agentFor = (tls: AgentOptions): HttpAgent => {
    // A certificate that was renewed needs connections of its own.
    const key = [tls.cert, tls.key, tls.ca].map(String).join('\n');
    const known = agents.get(key);
    if (known !== undefined) return known;
    const agent = server.startsWith('https:')
      ? new HttpsAgent({ ...tls, keepAlive: true })
      : new HttpAgent({ keepAlive: true });
    agents.set(key, agent);
    return agent;
  };

  return {
    server,
    async options(signal) {
      const all: RequestOptions & AgentOptions = {};
      await own.applyToHTTPSOptions(all);
      const {
        token,
        clientCertificateData: cert,
        clientKeyData: key,
      } = (await plugin?.credentials(signal)) ?? {};
      const { agent, headers, auth, ...others } = all;
      const tls = {
        ...others,
        ...(cert === undefined ? {} : { cert }),
        ...(key === undefined ? {} : { key }),
      };
      return {
        ...tls,
        ...(token === undefined
          ? headers === undefined
            ? {}
            : { headers }
          : {
              headers: { ...(headers as OutgoingHttpHeaders | undefined), Authorization: `Bearer ${token}` },
            }),
        ...(auth === undefined || auth === null ? {} : { auth }),
        agent: cluster.proxyUrl === undefined ? agentFor(tls) : agent,
      };
    },
    [Symbol.dispose]() {
      plugin?.[Symbol.dispose]();
      for (const agent of agents.values()) agent.destroy();
      agents.clear();
    },
  };
};
