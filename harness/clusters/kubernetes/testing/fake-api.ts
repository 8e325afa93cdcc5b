import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { WebSocketServer, type WebSocket } from 'ws';
import { newKubeConfig } from '../kube-config.js';
import { accessOf } from '../api/access.js';
import { apiClient, type ApiClient } from '../api/api-client.js';

export interface FakeRequest {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly contentType: string;
}

export type FakeAnswer = { readonly status?: number; readonly body: unknown } | 'hang' | 'break off';

/** A server on this machine's loopback that answers as a test says. */
export interface FakeApi extends AsyncDisposable {
  readonly client: ApiClient;
  readonly requests: readonly FakeRequest[];
  /** Every WebSocket that was opened, in order, as the test handles it. */
  onSocket: (socket: WebSocket, request: IncomingMessage) => void;
}

export const fakeApi = async (
  answer: (request: FakeRequest) => FakeAnswer,
  options: {
    readonly protocols?: readonly string[];
    readonly refuseSockets?: { status: number; body: unknown };
  } = {},
): Promise<FakeApi> => {
  const requests: FakeRequest[] = [];
  const server = createServer((incoming, response) => {
    void (async () => {
      const url = new URL(incoming.url ?? '/', 'http://fake');
      const sent = await text(incoming);
      const request = {
        method: incoming.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        body: sent === '' ? undefined : (JSON.parse(sent) as unknown),
        contentType: incoming.headers['content-type'] ?? '',
      };
      requests.push(request);
      const given = answer(request);
      if (given === 'hang') return;
      if (given === 'break off') {
        incoming.socket.destroy();
        return;
      }
      response.writeHead(given.status ?? 200, { 'content-type': 'application/json' });
      response.end(typeof given.body === 'string' ? given.body : JSON.stringify(given.body));
    })();
  });
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) =>
      [...offered].find((one) => (options.protocols ?? ['v5.channel.k8s.io']).includes(one)) ?? false,
  });
  server.on('upgrade', (request, socket, head) => {
    const refusal = options.refuseSockets;
    if (refusal !== undefined) {
      const body = JSON.stringify(refusal.body);
      socket.end(
        `HTTP/1.1 ${refusal.status} Refused\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
      );
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => fake.onSocket(opened, request));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const kubeConfig = await newKubeConfig();
  kubeConfig.loadFromClusterAndUser(
    {
      name: 'fake',
      server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      skipTLSVerify: true,
    },
    { name: 'somebody', token: 'secret' },
  );
  const client = apiClient(accessOf(kubeConfig));
  const fake: FakeApi = {
    client,
    requests,
    onSocket: () => undefined,
    async [Symbol.asyncDispose]() {
      client[Symbol.dispose]();
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
};
