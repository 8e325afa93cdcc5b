import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { docker, inEngine, nodeImage } from './engine.js';
import { startCliIn } from './run-cli.js';
import { scratchFolder } from './scratch-folder.js';

const minutes = (count: number) => count * 60_000;
/** One run that wants kind, and has to do without. */
const refused = async (environment: Readonly<Record<string, string>>, ...args: readonly string[]) => {
  const run = await startCliIn(environment, 'facts', '--cluster', 'kind', ...args).ended;
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  return run.stderr;
};

let folder: Awaited<ReturnType<typeof scratchFolder>>;
beforeEach(async () => {
  folder = await scratchFolder();
});
afterEach(async () => {
  await folder[Symbol.asyncDispose]();
});

describe('an engine', () => {
  it('that is not there is told of with the address', async () => {
    const stderr = await refused({ DOCKER_HOST: `unix://${folder.path}/none.sock` });
    expect(stderr).toMatch(/^cluster\/not-usable: .*\n.*none\.sock/m);
    expect(stderr).toMatch(/→ .*(Docker|DOCKER_HOST|--cluster containerd)/);
  });

  it('whose socket nobody listens on is told of with the address', async () => {
    // A process that is killed leaves its socket behind.
    const path = join(folder.path, 'dead.sock');
    const server = spawn('node', [
      '-e',
      'net.createServer().listen(process.argv[1], () => console.log(1))',
      path,
    ]);
    await once(server.stdout, 'data');
    server.kill('SIGKILL');
    await once(server, 'close');
    const stderr = await refused({ DOCKER_HOST: `unix://${path}` });
    expect(stderr).toMatch(/^cluster\/not-usable: .*\n.*dead\.sock/m);
    expect(stderr).toMatch(/→ .*engine/);
  });

  it('that never answers is not waited for', async () => {
    const path = join(folder.path, 'mute.sock');
    const server = createServer().listen(path);
    await once(server, 'listening');
    const began = Date.now();
    const stderr = await refused({ DOCKER_HOST: `unix://${path}` }).finally(() => server.close());
    expect(Date.now() - began).toBeLessThan(20_000);
    expect(stderr).toMatch(/^cluster\/not-usable: .*\n.*mute\.sock did not say its version within 5 s/m);
  });
});

describe('a node image', () => {
  it(
    'that is neither here nor in a registry is told of, and how to get one',
    async () => {
      const stderr = await refused({}, '--node-image', 'localhost:1/no/such-image:v1');
      expect(stderr).toContain(
        'image/no-node-image: the node image localhost:1/no/such-image:v1 is not here',
      );
      expect(stderr).toContain('make node-image');
    },
    minutes(2),
  );

  it(
    'of a Kubernetes that is too old is told of with both versions, and nothing is left',
    async () => {
      const before = await inEngine();
      const [image, container] = [`too-old-${process.pid}:v1`, `too-old-${process.pid}`];
      const file = join(folder.path, 'version');
      await writeFile(file, 'v1.19.16\n');
      await docker('create', '--name', container, await nodeImage());
      try {
        await docker('cp', file, `${container}:/kind/version`);
        await docker('commit', container, image);
      } finally {
        await docker('rm', container);
      }
      try {
        const stderr = await refused({}, '--node-image', image);
        expect(stderr).toContain(`cluster/version: ${image} has Kubernetes v1.19.16, which is not supported`);
        expect(stderr).toContain('Kubernetes 1.20 or newer');
      } finally {
        await docker('rmi', image);
      }
      expect(await inEngine()).toEqual(before);
    },
    minutes(3),
  );
});
