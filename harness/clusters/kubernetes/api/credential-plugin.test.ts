import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kill } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { newKubeConfig } from '../kube-config.js';
import { accessOf } from './access.js';
import { credentialPlugin } from './credential-plugin.js';

const never = new AbortController().signal;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plugin-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A kubeconfig whose user has a plugin that is this script. */
const kubeConfigOf = async (script: string, more: object = {}) => {
  const file = join(folder, 'plugin.sh');
  await writeFile(file, script);
  const kubeConfig = await newKubeConfig();
  kubeConfig.loadFromOptions({
    clusters: [{ name: 'c', server: 'https://127.0.0.1:1' }],
    contexts: [{ name: 'c', cluster: 'c', user: 'u' }],
    users: [
      {
        name: 'u',
        exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'sh', args: [file, folder], ...more },
      },
    ],
    currentContext: 'c',
  });
  return kubeConfig;
};

const pluginOf = async (script: string, timeoutMs?: number, more: object = {}) => {
  const plugin = credentialPlugin(await kubeConfigOf(script, more), timeoutMs);
  if (plugin === undefined) throw new Error('it has one');
  return plugin;
};

const printing = (status: object) =>
  `echo called >>"$1/calls"; echo '${JSON.stringify({ kind: 'ExecCredential', status })}'`;
const calls = async () => (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n').length;

const runs = (pid: number): boolean => {
  try {
    kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const hangs = 'sleep 1000 & echo $! >"$1/pid"; wait';
/** Waits until the plugin's child has ended. */
const childEnded = async (): Promise<boolean> => {
  const pid = Number(await readFile(join(folder, 'pid'), 'utf8'));
  for (let left = 50; left > 0 && runs(pid); left -= 1) await sleep(100);
  return !runs(pid);
};

describe('a credential plugin', () => {
  it('is asked once for a token, with what it is to know', async () => {
    using access = accessOf(
      await kubeConfigOf(
        `[ "$A" = b ] && echo "$KUBERNETES_EXEC_INFO" >"$1/info"; ${printing({ token: 't' })}`,
        {
          env: [{ name: 'A', value: 'b' }],
        },
      ),
    );
    const all = await Promise.all([access.options(never), access.options(never)]);
    for (const { headers } of [...all, await access.options(never)])
      expect(headers).toMatchObject({ Authorization: 'Bearer t' });
    expect(await calls()).toBe(1);
    expect(JSON.parse(await readFile(join(folder, 'info'), 'utf8'))).toMatchObject({
      kind: 'ExecCredential',
      spec: { interactive: false },
    });
  });

  it('is asked again when what it gave has expired', async () => {
    using plugin = await pluginOf(printing({ token: 't', expirationTimestamp: '2020-01-01T00:00:00Z' }));
    await plugin.credentials(never);
    await plugin.credentials(never);
    expect(await calls()).toBe(2);
  });

  it('that hangs has a deadline, and is ended with its children', async () => {
    using plugin = await pluginOf(hangs, 500);
    await expect(plugin.credentials(never)).rejects.toMatchObject({
      code: 'cluster/credentials',
      message: 'the credential plugin sh of the kubeconfig gave no credentials',
      evidence: ['it did not end within 0.5 s'],
    });
    expect(await childEnded()).toBe(true);
  });

  it('is not waited for any longer, and ended, when the run is stopped', async () => {
    const plugin = await pluginOf(hangs);
    const stop = new AbortController();
    const asked = plugin.credentials(stop.signal);
    await sleep(300);
    stop.abort(new Error('interrupted'));
    await expect(asked).rejects.toThrow('interrupted');
    plugin[Symbol.dispose]();
    expect(await childEnded()).toBe(true);
  });

  it('that is not there is a mistake of the kubeconfig, with how to get it', async () => {
    using plugin = await pluginOf('', undefined, { command: 'no-such-plugin', installHint: 'install it\n' });
    await expect(plugin.credentials(never)).rejects.toMatchObject({
      code: 'usage/credential-plugin',
      message: 'the credential plugin no-such-plugin of the kubeconfig cannot be started',
      evidence: [expect.stringContaining('spawn no-such-plugin ENOENT'), 'install it'],
    });
  });

  it.each([
    ['fails', 'echo log in first >&2; exit 7', ['it ended with 7', 'log in first']],
    ['prints no JSON', 'echo secret', ['what it printed is not JSON']],
    ['prints something else', 'echo "{}"', ['what it printed is no ExecCredential: status is missing']],
  ])('that %s gives no credentials, and its output is not shown', async (_, script, evidence) => {
    using plugin = await pluginOf(script);
    await expect(plugin.credentials(never)).rejects.toMatchObject({ code: 'cluster/credentials', evidence });
  });

  it('that is not described as it should be is a mistake of the kubeconfig', async () => {
    await expect(pluginOf('', undefined, { args: 'x' })).rejects.toMatchObject({
      code: 'usage/kubeconfig',
      evidence: ['args is text, not a list'],
    });
  });
});
