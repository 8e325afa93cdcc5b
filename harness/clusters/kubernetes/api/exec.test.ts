import { expect, it } from '@jest/globals';
import { fakeApi, type FakeApi } from '../testing/fake-api.js';
import { execThrough } from './exec.js';

const never = new AbortController().signal;
const target = { namespace: 'ns', pod: 'p', container: 'c' };
const nothing = () => ({ body: {} });
const frame = (channel: number, content: string | object) =>
  Buffer.concat([
    Buffer.from([channel]),
    Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
  ]);
const run = ({ client }: FakeApi, command: { argv?: string[]; stdin?: string; timeoutMs?: number } = {}) =>
  execThrough(client.access, target, { argv: ['x'], timeoutMs: 5_000, ...command }, never);

it('gives what a command printed, in whatever pieces it came, and its exit code', async () => {
  await using api = await fakeApi(nothing);
  let asked = '';
  api.onSocket = (socket, { url = '' }) => {
    asked = url;
    socket.send(frame(1, 'on'));
    socket.send(frame(2, 'warning'));
    socket.send(frame(1, 'e'));
    const causes = [{ reason: 'ExitCode', message: '3' }];
    socket.send(frame(3, { status: 'Failure', reason: 'NonZeroExitCode', details: { causes } }));
    socket.close();
  };
  expect(await run(api, { argv: ['sh', '-c', 'a & b'] })).toEqual({
    exitCode: 3,
    stdout: 'one',
    stderr: 'warning',
  });
  expect(asked).toBe(
    '/api/v1/namespaces/ns/pods/p/exec?container=c&stdout=true&stderr=true&command=sh&command=-c&command=a%20%26%20b',
  );
});

it('does not take a command that was cut off for one that ended', async () => {
  await using api = await fakeApi(nothing);
  api.onSocket = (socket) => {
    socket.send(frame(1, 'half'));
    socket.terminate();
  };
  await expect(run(api)).rejects.toMatchObject({ code: 'probe/cut-off' });
});

it('does not take a command that could not be started for one that failed', async () => {
  await using api = await fakeApi(nothing);
  api.onSocket = (socket) => {
    socket.send(frame(3, { status: 'Failure', reason: 'InternalError', message: 'no such file' }));
    socket.close();
  };
  await expect(run(api)).rejects.toMatchObject({ code: 'probe/not-started', evidence: ['no such file'] });
});

it('ends a stream that hangs', async () => {
  await using api = await fakeApi(nothing);
  await expect(run(api, { timeoutMs: 50 })).rejects.toMatchObject({ code: 'probe/timeout' });
});

it('does not wait for a server that has told the result and does not close', async () => {
  await using api = await fakeApi(nothing);
  api.onSocket = (socket) => socket.send(frame(3, { status: 'Success' }));
  expect(await run(api, { timeoutMs: 60_000 })).toMatchObject({ exitCode: 0 });
});

it('tells a command that its standard input has ended', async () => {
  await using api = await fakeApi(nothing);
  const got: Buffer[] = [];
  api.onSocket = (socket) =>
    socket.on('message', (data: Buffer) => {
      got.push(data);
      if (data[0] !== 255) return;
      socket.send(frame(3, { status: 'Success' }));
      socket.close();
    });
  await run(api, { stdin: 'hello' });
  expect(got).toEqual([frame(0, 'hello'), Buffer.from([255, 0])]);
});

it('runs nothing that waits for the end of its input where the server cannot tell that', async () => {
  await using api = await fakeApi(nothing, { protocols: ['v4.channel.k8s.io'] });
  await expect(run(api, { stdin: 'hello' })).rejects.toMatchObject({ code: 'probe/not-started' });
});

it('gives the reason of a refusal, which the answer to the handshake has', async () => {
  const body = { message: 'pods "p" not found', reason: 'NotFound' };
  await using api = await fakeApi(nothing, { refuseSockets: { status: 404, body } });
  await expect(run(api)).rejects.toMatchObject({ httpStatus: 404, message: 'pods "p" not found' });
});
