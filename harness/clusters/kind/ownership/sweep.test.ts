import { describe, expect, it } from '@jest/globals';
import { NetclaimsError } from '../../../domain/error.js';
import type { Resource, ResourceKind } from '../engine/engine.js';
import { engineWith, fakeEngine } from '../testing/fake-engine.js';
import type { ClusterRecord } from './cluster-record.js';
import { labelsOf, ownLabels } from './labels.js';
import { thisOwner, type Owner } from './owner.js';
import { removeCluster } from './remove-cluster.js';
import { sweepEngine } from './sweep.js';

const never = new AbortController().signal;
const self = await thisOwner();
const ended: Owner = { ...self, startTime: self.startTime + 1 };
const elsewhere: Owner = { ...ended, machine: 'another machine' };

const made = (kind: ResourceKind, id: string, owner: Owner, more: Resource['labels'] = {}): Resource => ({
  kind,
  id: `${id}-${kind}`,
  name: `${id}-${kind}`,
  labels: { ...labelsOf({ name: 'c', id, owner }), ...more },
});

const whole = (id: string, owner: Owner): readonly Resource[] => [
  made('volume', id, owner),
  made('network', id, owner),
  made('container', id, owner),
];

const refusal = (why: string) =>
  new NetclaimsError({ code: 'cluster/engine-refused', what: 'it could not be removed', evidence: [why] });

const record = (id: string, owner: Owner, life: ClusterRecord['life']): Resource => {
  const content: ClusterRecord = { name: 'c', id, life, cni: 'ptp', nodes: [], createdAt: '' };
  const volume = made('volume', id, owner, { [ownLabels.record]: JSON.stringify(content) });
  return { ...volume, id: `${id}-record`, name: `${id}-record` };
};

const sweep = async (resources: readonly Resource[]) => {
  const { engine, removed, left } = engineWith(resources);
  await sweepEngine(engine, self, never);
  return { removed, left: left() };
};

describe('sweepEngine', () => {
  it('removes what a process left that has ended: containers, then networks, then volumes', async () => {
    const { removed, left } = await sweep(whole('a', ended));
    expect(removed).toEqual(['container a-container', 'network a-network', 'volume a-volume']);
    expect(left).toEqual([]);
  });

  it('removes a volume whose container was never made', async () => {
    expect((await sweep([made('volume', 'a', ended)])).left).toEqual([]);
  });

  it('leaves what a living process has, also where another of the same name has ended', async () => {
    const { removed, left } = await sweep([...whole('a', self), ...whole('b', ended)]);
    expect(removed).toHaveLength(3);
    expect(left).toEqual(['volume a-volume', 'network a-network', 'container a-container']);
  });

  it('leaves a cluster that is to stay, once it is made', async () => {
    expect((await sweep([...whole('a', ended), record('a', ended, 'kept')])).removed).toEqual([]);
  });

  it('removes one that was to stay and was never finished, and one that was not to outlive its process', async () => {
    expect(
      (await sweep([...whole('a', ended), ...whole('b', ended), record('b', ended, 'held')])).left,
    ).toEqual([]);
  });

  it('leaves what belongs to a process that cannot be asked from here', async () => {
    expect((await sweep(whole('a', elsewhere))).removed).toEqual([]);
  });

  it("leaves what is not ours: another program's, and what no owner can be read of", async () => {
    const foreign: readonly Resource[] = [
      { kind: 'container', id: 'x', name: 'x', labels: { 'io.x-k8s.kind.cluster': 'c' } },
      { kind: 'network', id: 'kind', name: 'kind', labels: {} },
      { kind: 'volume', id: 'v', name: 'v', labels: { [ownLabels.id]: 'a', [ownLabels.owner]: 'somebody' } },
    ];
    expect((await sweep(foreign)).removed).toEqual([]);
  });
});

describe('removeCluster', () => {
  it('removes one cluster and no other', async () => {
    const { engine, left } = engineWith([...whole('a', self), ...whole('b', self)]);
    await removeCluster(engine, 'a', never);
    expect(left()).toEqual(['volume b-volume', 'network b-network', 'container b-container']);
  });

  it('removes a container that the engine still made while its volume was refused', async () => {
    const [volume, , container] = whole('a', self);
    if (volume === undefined || container === undefined) throw new Error('there are both');
    let appeared = false;
    const kept = engineWith([volume, container]);
    const engine = fakeEngine({
      list: async (kind, label, signal) => {
        if (kind === 'container' && !appeared) return [];
        return kept.engine.list(kind, label, signal);
      },
      remove: async (resource, signal) => {
        if (resource.kind === 'container' || appeared) return kept.engine.remove(resource, signal);
        appeared = true;
        throw refusal('volume is in use');
      },
    });
    await removeCluster(engine, 'a', never, { attempts: 3, pauseMs: 1 });
    expect(kept.removed).toEqual(['container a-container', 'volume a-volume']);
  });

  it('says what stays when the engine lets it not go', async () => {
    const [volume] = whole('a', self);
    if (volume === undefined) throw new Error('there is a volume');
    const engine = fakeEngine({
      list: (kind) => Promise.resolve(kind === 'volume' ? [volume] : []),
      remove: () => Promise.resolve(),
    });
    await expect(removeCluster(engine, 'a', never, { attempts: 3, pauseMs: 1 })).rejects.toMatchObject({
      code: 'cluster/cleanup',
      evidence: ['volume a-volume'],
    });
  });

  it('says why it stays when the engine refuses', async () => {
    const [volume] = whole('a', self);
    if (volume === undefined) throw new Error('there is a volume');
    const engine = fakeEngine({
      list: (kind) => Promise.resolve(kind === 'volume' ? [volume] : []),
      remove: () => Promise.reject(refusal('volume is in use')),
    });
    await expect(removeCluster(engine, 'a', never, { attempts: 3, pauseMs: 1 })).rejects.toMatchObject({
      code: 'cluster/cleanup',
      evidence: ['volume a-volume', 'it could not be removed', 'volume is in use'],
    });
  });

  it('does not ask an engine again that does not answer', async () => {
    const gone = new NetclaimsError({ code: 'cluster/engine-gone', what: 'it does not answer' });
    const engine = fakeEngine({
      list: (kind) => Promise.resolve(whole('a', self).filter((one) => one.kind === kind)),
      remove: () => Promise.reject(gone),
    });
    await expect(removeCluster(engine, 'a', never)).rejects.toBe(gone);
  });
});
