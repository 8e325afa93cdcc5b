import { describe, expect, it } from '@jest/globals';
import { packageFile } from '../clusters/package-file.js';
import type { ClusterOptions, ClusterProvider } from '../domain/cluster-provider.js';
import { NetclaimsError } from '../domain/error.js';
import { fakeCluster } from '../run/testing/fake-cluster.js';
import { readOptions } from './options.js';
import { attachToRun, makeRunCluster } from './run-cluster.js';
import { tellCluster, toldCluster } from './told-cluster.js';

const never = new AbortController().signal;
const optionsOf = (globals: object) => readOptions({ globals, rootDir: '/', env: {}, folder: '/' });
const archive = packageFile('package.json');
const options = optionsOf({ cni: 'ptp', load: [archive] });

/** A provider in memory; `calls` has what was asked of it. */
const fakeProvider = (kept: readonly string[] = []) => {
  const calls: string[] = [];
  const created: ClusterOptions[] = [];
  const clusters = new Set(kept);
  const disposable = (text: string, onDispose: () => void = () => undefined) => ({
    ...fakeCluster(),
    [Symbol.asyncDispose]: () => {
      calls.push(text);
      onDispose();
      return Promise.resolve();
    },
  });
  const provider: ClusterProvider = {
    name: 'containerd',
    refusal: () => Promise.resolve(undefined),
    create: (wanted) => {
      const name = wanted.name ?? '';
      calls.push('create');
      created.push(wanted);
      clusters.add(name);
      return Promise.resolve(disposable('end', () => clusters.delete(name)));
    },
    attach: (name) => {
      calls.push('attach');
      return Promise.resolve(clusters.has(name) ? disposable('detach') : undefined);
    },
    list: () => Promise.resolve([]),
    remove: () => Promise.resolve(false),
    sweep: () => {
      calls.push('sweep');
      return Promise.resolve();
    },
  };
  return { provider, calls, created };
};

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof NetclaimsError ? error.code : String(error);
};

describe('the cluster of a run of Jest', () => {
  it('is made after a sweep, is held, is attached to by its name, and is gone with the run', async () => {
    const { provider, calls, created } = fakeProvider();
    const phases: string[] = [];
    const run = await makeRunCluster(options, [provider], (phase) => phases.push(phase), never);
    expect(created).toMatchObject([{ cni: 'ptp', nodes: 1, load: [archive], life: 'held' }]);
    expect(created[0]?.name).toMatch(/^jest-[0-9a-f]{8}$/);
    expect(phases).toEqual(['cluster: containerd, the first that can be used here']);

    const env: Record<string, string | undefined> = {};
    tellCluster(env, run.told);
    const attached = await attachToRun(toldCluster(env), options, [provider], never);
    await attached[Symbol.asyncDispose]();
    await run[Symbol.asyncDispose]();
    expect(calls).toEqual(['sweep', 'create', 'attach', 'detach', 'end']);
    expect(await codeOf(attachToRun(run.told, options, [provider], never))).toBe('cluster/gone');
    tellCluster(env, undefined);
    expect(toldCluster(env)).toBeUndefined();
  });

  it('can be one that is kept, and then stays', async () => {
    const named = optionsOf({ clusterName: 'mine' });
    const { provider, calls } = fakeProvider(['mine']);
    const run = await makeRunCluster(named, [provider], () => undefined, never);
    await attachToRun(run.told, named, [provider], never);
    await run[Symbol.asyncDispose]();
    expect(calls).toEqual(['attach', 'sweep', 'attach', 'detach']);
    const missing = makeRunCluster(optionsOf({ clusterName: 'my' }), [provider], () => undefined, never);
    expect(await codeOf(missing)).toBe('usage/no-cluster');
  });

  it('is not taken for the cluster that another project wants', async () => {
    const { provider } = fakeProvider();
    const run = await makeRunCluster(options, [provider], () => undefined, never);
    const others = { ...options, cni: 'macvlan' };
    expect(await codeOf(attachToRun(run.told, others, [provider], never))).toBe('cluster/of-another-project');
    const sameCluster = { ...options, strict: true, timeoutMs: 1 };
    expect(await codeOf(attachToRun(run.told, sameCluster, [provider], never))).toBe('undefined');
  });

  it('is missed where nothing has made one, with the reason if there is one', async () => {
    expect(await codeOf(attachToRun(undefined, options, [], never))).toBe('cluster/not-shared');
    const trouble = 'cluster/none-usable: no cluster can be made on this machine';
    expect(await codeOf(attachToRun({ trouble }, options, [], never))).toContain(trouble);
  });
});
