import { describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cniChoice } from './cni-choice.js';
import { fillManifest, manifestName } from './image-manifest.js';
import { addressesOf, subnetsOf, uniqueLocalSubnet } from './ip-family.js';
import { nodeConflist } from './node-conflist.js';
import { masquerade, podCidrsOf, routesFrom } from '../../node-routes.js';

const inFile = async <T>(name: string, content: string, use: (file: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'netclaims-cni-'));
  try {
    await writeFile(join(folder, name), content);
    return await use(join(folder, name));
  } finally {
    await rm(folder, { recursive: true });
  }
};

describe('cniChoice', () => {
  it('takes what the image brings where nothing is asked for', async () => {
    expect(await cniChoice(undefined, 1)).toEqual({ kind: 'image', name: 'default', asked: false });
    expect(await cniChoice('default', 1)).toEqual({ kind: 'image', name: 'default', asked: true });
  });

  it.each(['ptp', 'bridge'])('knows %s and its plugins', async (name) => {
    expect(await cniChoice(name, 2)).toEqual({
      kind: 'reference',
      name,
      plugins: [name, 'host-local', 'portmap'],
    });
  });

  it('reads the manifests of a CNI, named by the file', async () => {
    expect(await inFile('calico.yaml', 'kind: DaemonSet', (file) => cniChoice(file, 2))).toEqual({
      kind: 'manifest',
      name: 'calico',
      content: 'kind: DaemonSet',
    });
  });

  it('refuses a file that is not there, and what is no network', async () => {
    await expect(cniChoice('/nowhere/calico.yaml', 1)).rejects.toMatchObject({ code: 'usage/no-network' });
    await expect(cniChoice('macvlan', 1)).rejects.toMatchObject({
      code: 'usage/no-network',
      remedy: expect.stringContaining('default, ptp, bridge') as unknown,
    });
  });

  const conflist = (subnet: string) =>
    JSON.stringify({
      cniVersion: '0.4.0',
      name: 'mine',
      plugins: [{ type: 'ptp', ipam: { type: 'host-local', subnet } }],
    });

  it('fills the pod network of each node into a configuration', async () => {
    const choice = await inFile('mine.conflist', conflist('{{ .PodCIDR }}'), (file) => cniChoice(file, 2));
    if (choice.kind !== 'conflist') throw new Error('it is a conflist');
    expect(choice).toMatchObject({ name: 'mine', plugins: ['ptp'] });
    expect(nodeConflist(choice, ['10.244.1.0/24'])).toBe(conflist('10.244.1.0/24'));
  });

  it('refuses one that would give pods of two nodes the same addresses', async () => {
    const fixed = conflist('10.9.0.0/24');
    await expect(inFile('mine.conflist', fixed, (file) => cniChoice(file, 2))).rejects.toMatchObject({
      code: 'usage/bad-conflist',
      remedy: expect.stringContaining('{{ .PodCIDR }}') as unknown,
    });
    await expect(inFile('mine.conflist', fixed, (file) => cniChoice(file, 1))).resolves.toMatchObject({
      kind: 'conflist',
    });
  });
});

describe('nodeConflist', () => {
  it.each(['ptp', 'bridge'] as const)('gives pods of %s an address of each family, unmasked', (name) => {
    const content = nodeConflist({ kind: 'reference', name, plugins: [] }, [
      '10.244.1.0/24',
      'fd00:10:244:1::/64',
    ]);
    expect(JSON.parse(content)).toMatchObject({
      cniVersion: '0.4.0',
      name,
      plugins: [
        {
          type: name,
          ipMasq: false,
          ipam: {
            type: 'host-local',
            ranges: [[{ subnet: '10.244.1.0/24' }], [{ subnet: 'fd00:10:244:1::/64' }]],
            routes: [{ dst: '0.0.0.0/0' }, { dst: '::/0' }],
          },
        },
        { type: 'portmap' },
      ],
    });
  });
});

describe('the routes between nodes', () => {
  const nodes = [
    { name: 'a', addresses: ['172.18.0.2', 'fc00::2'], podCidrs: ['10.244.0.0/24', 'fd00:10:244::/64'] },
    { name: 'b', addresses: ['172.18.0.3', 'fc00::3'], podCidrs: ['10.244.1.0/24', 'fd00:10:244:1::/64'] },
    { name: 'c', addresses: ['172.18.0.4'], podCidrs: ['10.244.2.0/24'] },
  ];

  it('lead to the pods of each other node, by its address of the same family', () => {
    const [a] = nodes;
    if (a === undefined) throw new Error('there is a');
    expect(routesFrom(a, nodes)).toBe(
      'route replace 10.244.1.0/24 via 172.18.0.3\n' +
        'route replace fd00:10:244:1::/64 via fc00::3\n' +
        'route replace 10.244.2.0/24 via 172.18.0.4\n',
    );
    expect(routesFrom(a, [a])).toBe('');
  });

  it('are not masqueraded, as everything else is', () => {
    const [four, six] = masquerade(subnetsOf('dual').pods);
    expect(four?.join(' ')).toBe(
      'iptables --wait 10 --table nat --append POSTROUTING --source 10.244.0.0/16 ! --destination 10.244.0.0/16 ' +
        '-m addrtype ! --dst-type LOCAL --jump MASQUERADE -m comment --comment netclaims: what leaves the pod network',
    );
    expect(six?.[0]).toBe('ip6tables');
  });

  it('have a part of the cluster’s range each', () => {
    const { pods } = subnetsOf('dual');
    expect(podCidrsOf(pods, 0)).toEqual(['10.244.0.0/24', 'fd00:10:244::/64']);
    expect(podCidrsOf(pods, 17)).toEqual(['10.244.17.0/24', 'fd00:10:244:11::/64']);
  });
});

describe('the families of addresses', () => {
  const both = { ipv4: '172.18.0.2', ipv6: 'fc00::2' };

  it('choose which of a node the cluster uses, its own first', () => {
    expect(addressesOf('ipv4', both)).toEqual(['172.18.0.2']);
    expect(addressesOf('ipv6', both)).toEqual(['fc00::2']);
    expect(addressesOf('dual', both)).toEqual(['172.18.0.2', 'fc00::2']);
    expect(addressesOf('dual', { ...both, ipv6: '' })).toEqual(['172.18.0.2']);
  });

  it('give each network a unique local range of its own, always the same', () => {
    expect(uniqueLocalSubnet('kind-a')).toMatch(/^fd00:[0-9a-f]{4}:[0-9a-f]{4}:[0-9a-f]{4}::\/64$/);
    expect(uniqueLocalSubnet('kind-a')).toBe(uniqueLocalSubnet('kind-a'));
    expect(uniqueLocalSubnet('kind-a')).not.toBe(uniqueLocalSubnet('kind-b'));
  });
});

describe('the manifest of a node image', () => {
  const daemon = (mark: string) => `# ${mark}
kind: ServiceAccount
metadata: {name: net}
---
kind: DaemonSet
metadata: {name: kindnet}
spec: {template: {spec: {containers: [{name: cni, env: [{name: POD_SUBNET, value: "{{ .PodSubnet }}"}]}]}}}
---
`;
  const values = { podSubnets: ['10.244.0.0/16', 'fd00::/56'], endpoint: 'c-control-plane:6443' };
  interface List {
    readonly items: readonly {
      readonly spec?: { template: { spec: { containers: { env: object[] }[] } } };
    }[];
  }
  const environment = (text: string) =>
    (JSON.parse(text) as List).items[1]?.spec?.template.spec.containers[0]?.env;

  it('gets the pod network, and the API server where it asks for it', () => {
    const subnet = { name: 'POD_SUBNET', value: '10.244.0.0/16,fd00::/56' };
    expect(environment(fillManifest(daemon('would you kindly patch this file'), values))).toEqual([
      subnet,
      { name: 'CONTROL_PLANE_ENDPOINT', value: 'c-control-plane:6443' },
    ]);
    expect(environment(fillManifest(daemon(''), values))).toEqual([subnet]);
  });

  it('is called by its daemon', () => {
    expect(manifestName(daemon(''))).toBe('kindnet');
    expect(manifestName('kind: ConfigMap')).toBeUndefined();
  });
});
