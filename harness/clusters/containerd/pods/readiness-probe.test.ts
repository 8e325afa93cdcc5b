import { describe, expect, it } from '@jest/globals';
import { readPod, type PodContainer } from './pod-manifest.js';
import { probeCommand, unreadyBecause } from './readiness-probe.js';
import { podOf } from './test-manifest.js';

const container = (readinessProbe: object): PodContainer => {
  const ports = [{ name: 'web', containerPort: 8080 }];
  const spec = JSON.stringify({ containers: [{ name: 'c', image: 'i', ports, readinessProbe }] });
  const [only] = readPod(podOf('p', spec)).containers;
  if (only === undefined) throw new Error('a pod has containers');
  return only;
};

describe('probeCommand', () => {
  it('runs a command in the container', () => {
    expect(
      probeCommand(container({ exec: { command: ['test', '-e', '/x'] }, timeoutSeconds: 3 }), '10.0.0.2'),
    ).toEqual({ in: 'container', argv: ['test', '-e', '/x'], timeoutMs: 3_000 });
  });

  it("connects from inside the pod's netns, to a named port as well", () => {
    const command = probeCommand(container({ tcpSocket: { port: 'web' } }), '10.0.0.2');
    expect(command).toMatchObject({ in: 'netns', timeoutMs: 1_000 });
    expect(command?.argv.slice(-2)).toEqual(['10.0.0.2', '8080']);
  });

  it('asks for a page, with the headers that the manifest has', () => {
    const httpGet = { port: 80, path: 'healthz', httpHeaders: [{ name: 'host', value: 'x.example' }] };
    expect(probeCommand(container({ httpGet }), 'fd00::2')).toMatchObject({
      argv: ['bash', '-c', expect.any(String), 'probe', 'fd00::2', '80'],
      stdin: 'GET /healthz HTTP/1.1\r\nUser-Agent: netclaims\r\nhost: x.example\r\nConnection: close\r\n\r\n',
    });
    expect(probeCommand(container({ httpGet: { port: 80 } }), 'fd00::2')).toMatchObject({
      stdin: expect.stringMatching(/^GET \/ HTTP\/1\.1\r\nHost: \[fd00::2\]:80\r\n/),
    });
  });

  it('is nothing without a probe', () => {
    const [plain] = readPod(podOf('p', '{containers: [{name: c, image: i}]}')).containers;
    if (plain === undefined) throw new Error('a pod has containers');
    expect(probeCommand(plain, '10.0.0.2')).toBeUndefined();
  });
});

describe('unreadyBecause', () => {
  const http = container({ httpGet: { port: 80 } });
  const answered = (stdout: string) => unreadyBecause(http, { exitCode: 0, stdout, stderr: '' });

  it('takes 2xx and 3xx for success, and nothing else', () => {
    expect(answered('HTTP/1.1 200 OK\r')).toBe('');
    expect(answered('HTTP/1.0 302 Found\r')).toBe('');
    expect(answered('HTTP/1.1 404 Not Found\r')).toBe('it was answered `HTTP/1.1 404 Not Found`');
    expect(answered('SSH-2.0-OpenSSH')).toBe('it was answered `SSH-2.0-OpenSSH`');
    expect(answered('')).not.toBe('');
  });

  it('takes an exit code for what it is', () => {
    expect(
      unreadyBecause(container({ exec: { command: ['x'] } }), { exitCode: 0, stdout: 'x', stderr: '' }),
    ).toBe('');
    expect(unreadyBecause(http, { exitCode: 1, stdout: '', stderr: 'connection refused\n' })).toBe(
      'it ended with 1: connection refused',
    );
  });
});
