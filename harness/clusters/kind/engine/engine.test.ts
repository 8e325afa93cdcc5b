import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createPlainServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deadline } from '../../../domain/deadline.js';
import type { EngineSettings } from '../../machine.js';
import { connectEngine, defaultNodeImage, presentNodeImage, provideNodeImage } from '../requirements.js';
import { fakeEngine } from '../testing/fake-engine.js';
import { dockerEngine } from './docker-engine.js';
import { engineAddress } from './engine-address.js';

const soon = () => deadline(5_000);

let folder: string;
let servers: { close(): unknown }[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netclaims-engine-'));
  servers = [];
});
afterEach(async () => {
  for (const server of servers) server.close();
  await rm(folder, { recursive: true });
});

const settings = (host: string | undefined): EngineSettings => ({
  host,
  runtimeDir: undefined,
  ryuk: undefined,
});
const socket = () => join(folder, 'docker.sock');

/** An engine that answers as `listener` says. */
const serve = async (listener: RequestListener): Promise<string> => {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => void server.listen(socket(), resolve));
  servers.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return `unix://${socket()}`;
};

const json =
  (answers: Readonly<Record<string, readonly [status: number, body: unknown]>>): RequestListener =>
  (request, response) => {
    const path = (request.url ?? '').replace(/\?.*/, '');
    const [status, body] = answers[`${request.method ?? ''} ${path}`] ?? [404, { message: `no ${path}` }];
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };

const version = (ApiVersion: string, Os = 'linux') =>
  json({ 'GET /version': [200, { Version: '20.10.24', ApiVersion, Os }] });

describe('engineAddress', () => {
  it('is what DOCKER_HOST says', async () => {
    expect(await engineAddress(settings('tcp://engine:2375'))).toEqual({
      uri: 'tcp://engine:2375',
      usual: false,
    });
  });

  it('refuses what is no address', async () => {
    await expect(engineAddress(settings('/run/docker.sock'))).rejects.toMatchObject({
      code: 'cluster/no-engine',
      evidence: [expect.stringContaining('DOCKER_HOST is `/run/docker.sock`')],
    });
  });
});

describe('connectEngine', () => {
  it('takes an engine that answers', async () => {
    const host = await serve(version('1.41'));
    const engine = await connectEngine(settings(host), soon());
    expect(engine.cli).toEqual(['docker', '--host', host]);
    expect(engine.host).toBe('127.0.0.1');
  });

  it('refuses a socket that nobody listens on, with the remedy', async () => {
    const host = await serve(version('1.41'));
    // The socket's file stays when a process is killed.
    await rm(socket());
    await writeFile(socket(), '');
    await expect(connectEngine(settings(host), soon())).rejects.toMatchObject({
      code: 'cluster/engine-gone',
      message: `the container engine at ${host} does not answer`,
      remedy: expect.stringContaining('see that the engine runs') as unknown,
    });
    await expect(connectEngine(settings('unix:///nowhere.sock'), soon())).rejects.toMatchObject({
      code: 'cluster/engine-gone',
      remedy: expect.stringContaining('apt-get install docker.io') as unknown,
    });
  });

  it('does not wait for one that takes the connection and says nothing', async () => {
    const silent = createPlainServer();
    await new Promise<void>((resolve) => void silent.listen(socket(), resolve));
    servers.push(silent);
    const reason = new Error('the time is up');
    const stop = new AbortController();
    const connecting = connectEngine(settings(`unix://${socket()}`), stop.signal);
    stop.abort(reason);
    await expect(connecting).rejects.toBe(reason);
  });

  it.each([
    ['is too old', '1.40', 'linux', 'Docker 20.10 or newer'],
    ['runs containers for windows', '1.47', 'windows', 'Linux containers'],
  ])('refuses one that %s', async (what, api, os, remedy) => {
    const host = await serve(version(api, os));
    await expect(connectEngine(settings(host), soon())).rejects.toMatchObject({
      code: 'cluster/engine-unsuitable',
      message: expect.stringContaining(what) as unknown,
      remedy: expect.stringContaining(remedy) as unknown,
    });
  });
});

describe('dockerEngine', () => {
  const engineOf = async (listener: RequestListener) =>
    dockerEngine({ uri: await serve(listener), usual: false });

  it('lists what has a label, also where the engine says null for nothing', async () => {
    const engine = await engineOf(
      json({
        'GET /containers/json': [200, [{ Id: '1', Names: ['/c-worker'], Labels: { a: 'b' } }]],
        'GET /volumes': [200, { Volumes: null }],
      }),
    );
    expect(await engine.list('container', 'a', soon())).toEqual([
      { kind: 'container', id: '1', name: 'c-worker', labels: { a: 'b' } },
    ]);
    expect(await engine.list('volume', 'a', soon())).toEqual([]);
  });

  it('finds the images of a repository, the newest first', async () => {
    const engine = await engineOf(
      json({
        'GET /images/json': [
          200,
          [
            { RepoTags: ['netclaims/node:v1.20.2'], Created: 1 },
            { RepoTags: ['netclaims/node:v1.34.0'], Created: 2 },
            { RepoTags: null, Created: 3 },
          ],
        ],
      }),
    );
    expect(await engine.imagesOf('netclaims/node', soon())).toEqual([
      'netclaims/node:v1.34.0',
      'netclaims/node:v1.20.2',
    ]);
  });

  it('does not take an error for an empty list', async () => {
    const engine = await engineOf(json({ 'GET /networks': [500, { message: 'the database is locked' }] }));
    await expect(engine.list('network', 'a', soon())).rejects.toMatchObject({
      code: 'cluster/engine-refused',
      evidence: ['the database is locked (HTTP 500)'],
    });
  });

  it('takes what is gone already for removed', async () => {
    const engine = await engineOf(json({}));
    await expect(engine.remove({ kind: 'container', id: '1' }, soon())).resolves.toBeUndefined();
    await expect(engine.remove({ kind: 'volume', id: '1' }, soon())).resolves.toBeUndefined();
  });

  it('says why something is not removed', async () => {
    const engine = await engineOf(json({ 'DELETE /volumes/1': [409, { message: 'volume is in use' }] }));
    await expect(engine.remove({ kind: 'volume', id: '1' }, soon())).rejects.toMatchObject({
      code: 'cluster/engine-refused',
      evidence: ['volume is in use (HTTP 409)'],
    });
  });

  it('says which node is gone, when a command cannot be run in it', async () => {
    const engine = await engineOf(
      json({ 'POST /containers/c-worker/exec': [409, { message: 'Container 1 is not running' }] }),
    );
    const run = (name: string) => engine.exec(name, { argv: ['true'], timeoutMs: 1_000 }, soon());
    await expect(run('c-worker')).rejects.toMatchObject({
      code: 'cluster/node-gone',
      message: expect.stringContaining('c-worker') as unknown,
      evidence: ['Container 1 is not running'],
    });
    await expect(run('c-worker2')).rejects.toMatchObject({ code: 'cluster/node-gone' });
  });

  it('reads the state of a container: its address, its ports, why it does not run', async () => {
    const settingsOf = (Ports: object) => ({
      Networks: { 'kind-c': { IPAddress: '172.18.0.2', GlobalIPv6Address: '' } },
      Ports,
    });
    const engine = await engineOf(
      json({
        'GET /containers/a/json': [
          200,
          {
            Id: '1',
            State: { Status: 'running', Running: true, Paused: false, ExitCode: 0 },
            NetworkSettings: settingsOf({ '6443/tcp': [{ HostIp: '127.0.0.1', HostPort: '32768' }] }),
          },
        ],
        'GET /containers/b/json': [
          200,
          {
            Id: '2',
            State: { Status: 'exited', Running: false, Paused: false, ExitCode: 137 },
            NetworkSettings: settingsOf({ '6443/tcp': null }),
          },
        ],
      }),
    );
    expect(await engine.inspect('a', soon())).toEqual({
      id: '1',
      running: true,
      status: 'running',
      addresses: { 'kind-c': { ipv4: '172.18.0.2', ipv6: '' } },
      ports: { '6443/tcp': { ip: '127.0.0.1', port: 32768 } },
    });
    expect(await engine.inspect('b', soon())).toMatchObject({
      running: false,
      status: 'exited, exit code 137',
      ports: {},
    });
    expect(await engine.inspect('c', soon())).toBeUndefined();
  });
});

describe('the node image', () => {
  const has = (...images: readonly string[]) =>
    fakeEngine({
      hasImage: (image) => Promise.resolve(images.includes(image)),
      imagesOf: (repository) => Promise.resolve(images.filter((image) => image.startsWith(`${repository}:`))),
      pullImage: (image) => Promise.reject(new Error(`no route to the registry of ${image}`)),
    });
  const quiet = () => undefined;

  it('is the one that was asked for', async () => {
    expect(await provideNodeImage(has('mine:1'), 'mine:1', quiet, soon())).toBe('mine:1');
  });

  it('is what `make node-image` has made, where only that is here', async () => {
    const own = 'netclaims/node:v1.20.2';
    expect(await presentNodeImage(has(own), undefined, soon())).toBe(own);
    expect(await presentNodeImage(has(own, defaultNodeImage), undefined, soon())).toBe(defaultNodeImage);
    expect(await presentNodeImage(has(own), 'mine:1', soon())).toBeUndefined();
    expect(await presentNodeImage(has('mine:1'), undefined, soon())).toBeUndefined();
  });

  it('cannot be had without a registry, and says what to do instead', async () => {
    await expect(provideNodeImage(has(), 'mine:1', quiet, soon())).rejects.toMatchObject({
      code: 'image/no-node-image',
      message: expect.stringContaining('mine:1') as unknown,
      evidence: ['Error: no route to the registry of mine:1'],
      remedy: expect.stringContaining('make node-image') as unknown,
    });
  });
});
