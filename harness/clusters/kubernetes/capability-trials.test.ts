import { describe, expect, it } from '@jest/globals';
import type { CommandResult } from '../../domain/cluster.js';
import { NetclaimsError } from '../../domain/error.js';
import type { PodRecord } from '../../domain/pod-record.js';
import { tryCapability, type Tried } from './capability-trials.js';

const never = new AbortController().signal;
const pod = (name: string, ip: string) =>
  ({ name, node: 'n', ips: [ip], netnsPath: '/n' }) as unknown as PodRecord;
const ended = (exitCode: number): CommandResult => ({ exitCode, stdout: '', stderr: '' });
const late = () =>
  Promise.reject(
    new NetclaimsError({ code: 'probe/timeout', what: '`timeout` did not end within 10000 ms' }),
  );

/** Tries a capability in a network in which `reached` says how an attempt at an address ends, before and after the policy is applied. */
const attempt = (
  capability: Tried,
  reached: (address: string, policy: boolean) => number | Promise<never>,
): Promise<boolean> => {
  let policy = false;
  const world = {
    pods: () => Promise.resolve([pod('server', '10.0.0.1'), pod('other', '10.0.0.2')]),
    apply: () => {
      policy = true;
      return Promise.resolve();
    },
    exec: async (_: unknown, { argv }: { readonly argv: readonly string[] }) => {
      const address = /http:\/\/([0-9.]+):/.exec(argv.at(-1) ?? '')?.[1] ?? 'dns';
      return ended(await reached(address, policy));
    },
  };
  return tryCapability(capability, { world, nodes: [], serviceIp: '10.96.0.1', effectMs: 20 }, never);
};

describe('a NetworkPolicy', () => {
  it('is enforced when the pod that it names is kept away from, and the other one is reached', async () => {
    expect(await attempt('network-policy', (to, policy) => (policy && to === '10.0.0.1' ? 143 : 0))).toBe(
      true,
    );
  });

  it('is not enforced when the pod is reached all the same', async () => {
    expect(await attempt('network-policy', () => 0)).toBe(false);
  });

  it('cannot be tried when an attempt has no answer: that proves no refusal', async () => {
    const slow = attempt('network-policy', (_, policy) => (policy ? late() : 0));
    await expect(slow).rejects.toMatchObject({ code: 'probe/timeout' });
  });

  it('cannot be tried when nothing is reached any more', async () => {
    await expect(attempt('network-policy', (_, policy) => (policy ? 143 : 0))).rejects.toThrow(
      'was not reached either',
    );
    await expect(attempt('network-policy', () => 1)).rejects.toThrow('one pod does not reach another');
  });

  it('cannot be tried with a tool that crashes', async () => {
    await expect(attempt('network-policy', (_, policy) => (policy ? 139 : 0))).rejects.toThrow('SIGSEGV');
  });
});

describe.each([
  ['services', '10.96.0.1'],
  ['dns', 'dns'],
] as const)('%s', (capability, address) => {
  it('are there when they answer', async () => {
    expect(await attempt(capability, () => 0)).toBe(true);
  });

  it('are absent when they do not answer while pods reach each other', async () => {
    expect(await attempt(capability, (to) => (to === address ? 143 : 0))).toBe(false);
  });

  it('cannot be tried where pods do not reach each other, or an attempt has no answer', async () => {
    await expect(attempt(capability, () => 1)).rejects.toThrow('one pod does not reach another');
    await expect(attempt(capability, late)).rejects.toMatchObject({ code: 'probe/timeout' });
  });
});

it('cannot look at the eth0 of a pod whose node is not known', async () => {
  await expect(attempt('veth', () => 0)).rejects.toThrow('on no node');
});
