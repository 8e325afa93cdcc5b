import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import process from 'node:process';
import type { Duplex } from 'node:stream';

/**
 * A Kubernetes API that misbehaves: `node fake-api.js PORT`. The first part of the path says how, so that each kubeconfig of a
 * case names its own misbehaviour: `server: http://127.0.0.1:PORT/null`.
 */
interface Question {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** JSON, or nothing but the head of a watch. */
type Answer = { readonly status: number; readonly body: unknown } | 'watch';

const json = (response: ServerResponse, body: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
};

const ready = { type: 'Ready', status: 'True' };
const node = {
  metadata: { name: 'n1' },
  status: { nodeInfo: { operatingSystem: 'linux' }, conditions: [ready] },
};
const megabyte = 'A'.repeat(1 << 20);
const pods = new Map<string, object>();

const started = (pod: {
  readonly metadata?: object;
  readonly spec?: { readonly containers?: readonly { readonly name: string }[] };
}) => ({
  ...pod,
  metadata: { ...pod.metadata, uid: `u${pods.size}`, resourceVersion: '1' },
  status: {
    phase: 'Running',
    podIP: '10.0.0.1',
    podIPs: [{ ip: '10.0.0.1' }],
    conditions: [ready],
    containerStatuses: (pod.spec?.containers ?? []).map(({ name }) => ({
      ...{ name, ready: true, started: true, restartCount: 0, containerID: 'containerd://x' },
      state: { running: { startedAt: new Date().toISOString() } },
    })),
  },
});

const verbs = ['create', 'delete', 'get', 'list', 'watch'];
const resources = [
  { name: 'pods', singularName: 'pod', kind: 'Pod', namespaced: true, verbs },
  { name: 'namespaces', singularName: 'namespace', kind: 'Namespace', namespaced: false, verbs },
  { name: 'nodes', singularName: 'node', kind: 'Node', namespaced: false, verbs },
];

const listOf = (items: readonly object[]): Answer => ({
  status: 200,
  body: { kind: 'List', apiVersion: 'v1', metadata: { resourceVersion: '1' }, items },
});

/** What a cluster says whose pods run at once. */
const answer = ({ method, path, body }: Question): Answer => {
  const { pathname, searchParams } = new URL(path, 'http://api');
  const inPods = /^\/api\/v1\/namespaces\/([^/]+)\/pods/.exec(pathname)?.[1];
  if (method === 'DELETE') return { status: 200, body: { kind: 'Status', status: 'Success' } };
  if (method === 'POST') {
    const object = JSON.parse(body) as { readonly metadata?: { readonly name?: string } };
    if (inPods === undefined)
      return { status: 201, body: { ...object, metadata: { ...object.metadata, uid: 'u' } } };
    const pod = started(object);
    pods.set(`${inPods}/${object.metadata?.name ?? ''}`, pod);
    return { status: 201, body: pod };
  }
  if (searchParams.get('watch') !== null) return 'watch';
  if (inPods !== undefined) {
    return listOf([...pods].filter(([key]) => key.startsWith(`${inPods}/`)).map(([, pod]) => pod));
  }
  if (pathname === '/api/v1/nodes') return listOf([node]);
  if (pathname === '/apis') return { status: 200, body: { kind: 'APIGroupList', groups: [] } };
  if (pathname === '/api/v1')
    return {
      status: 200,
      body: { kind: 'APIResourceList', resources: [{ name: 'pods', kind: 'Pod', namespaced: true }] },
    };
  if (pathname === '/api/v1')
    return { status: 200, body: { kind: 'APIResourceList', groupVersion: 'v1', resources } };
  if (pathname === '/version')
    return { status: 200, body: { gitVersion: 'v1.37.2', major: '1', minor: '37' } };
  const missing = { kind: 'Status', status: 'Failure', reason: 'NotFound', code: 404 };
  return /namespaces\/[^/]+$/.test(pathname) ? { status: 404, body: missing } : listOf([]);
};

const behave = (response: ServerResponse, question: Question): void => {
  const found = answer(question);
  if (found === 'watch') response.writeHead(200).flushHeaders();
  else json(response, found.body, found.status);
};

const endless = (response: ServerResponse, piece: string, pauseMs: number): void => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(piece), pauseMs);
  response.once('close', () => clearInterval(timer));
};

const answers: Readonly<Record<string, (response: ServerResponse, question: Question) => void>> = {
  good: behave,
  null: (response) => json(response, 'null'),
  array: (response) => json(response, [1, 2, 3]),
  types: (response) => json(response, { items: [null, 1, { metadata: null, status: 5 }] }),
  html: (response) => {
    response.end('<html>log in, please</html>');
  },
  silent: () => undefined,
  slow: (response) => endless(response, ' ', 500),
  huge: (response) => endless(response, megabyte, 1),
  deep: (response) => json(response, '['.repeat(100_000) + ']'.repeat(100_000)),
  floods: behave,
};

const modeOf = (url = '/'): readonly [string, string] => {
  const [, mode = '', rest = ''] = /^\/([^/]+)(.*)$/.exec(url) ?? [];
  return [mode, rest];
};

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => (body += text));
  request.once('end', () => {
    const [mode, path] = modeOf(request.url);
    answers[mode]?.(response, { method: request.method ?? 'GET', path, body });
  });
});

/** A binary WebSocket frame of a server: RFC 6455, 5.2. */
const frame = (payload: Buffer): Buffer => {
  const head = Buffer.alloc(10);
  head.writeUInt8(0x82, 0);
  head.writeUInt8(127, 1);
  head.writeBigUInt64BE(BigInt(payload.length), 2);
  return Buffer.concat([head, payload]);
};

/** Answers each exec with standard output that never ends. */
server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
  const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
  const accept = createHash('sha1')
    .update(`${request.headers['sec-websocket-key'] ?? ''}${guid}`)
    .digest('base64');
  const head = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
  const answer = [`Sec-WebSocket-Accept: ${accept}`, 'Sec-WebSocket-Protocol: v5.channel.k8s.io'];
  socket.on('error', () => undefined).write(`${[...head, ...answer].join('\r\n')}\r\n\r\n`);
  const flood = frame(Buffer.alloc(60_000, 1));
  const timer = setInterval(() => {
    for (let count = 0; count < 50; count += 1) socket.write(flood);
  }, 5);
  socket.once('close', () => clearInterval(timer));
});

server.listen(Number(process.argv[2]), '127.0.0.1', () => void process.stdout.write('listening\n'));
