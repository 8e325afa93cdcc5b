import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cniNetwork, familiesOf, refuseSameAddresses } from './cni-network.js';

describe('cniNetwork', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netclaims-cni-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const written = async (content: string): Promise<string> => {
    const file = join(folder, 'my.conflist');
    await writeFile(file, content);
    return file;
  };

  it.each([
    ['bridge', ['bridge', 'portmap']],
    ['ptp', ['ptp', 'portmap']],
    ['macvlan', ['macvlan']],
  ])('has %s built in', async (name, plugins) => {
    const network = await cniNetwork(name);
    expect(network).toMatchObject({ name, plugins });
    expect(familiesOf(network.onNode(['10.244.3.0/24']))).toEqual(['ipv4']);
  });

  it('says how the pods of a built-in network are to look, and nothing of a file', async () => {
    for (const name of ['bridge', 'bridge+tuning', 'ptp', 'macvlan']) {
      const { looks } = await cniNetwork(name);
      expect(looks).toEqual({
        eth0: expect.stringMatching(/^(veth|macvlan)$/),
        master: expect.any(String),
        gateway: expect.any(String),
        routes: expect.arrayContaining(['default', 'pods']),
      });
    }
    const content = '{"cniVersion": "1.0.0", "name": "mine", "plugins": [{"type": "a"}]}';
    expect(await cniNetwork(await written(content))).toMatchObject({ looks: undefined });
  });

  it('has further plugins behind those of a built-in network', async () => {
    const network = await cniNetwork('bridge+firewall+tuning');
    expect(network).toMatchObject({
      name: 'bridge-firewall-tuning',
      plugins: ['bridge', 'portmap', 'firewall', 'tuning'],
    });
    for (const name of ['bridge+', '+tuning', 'bridge+bridge', 'bridge+firewal', 'bridge+constructor'])
      await expect(cniNetwork(name)).rejects.toMatchObject({ code: 'usage/no-network' });
  });

  it('takes a file as it is', async () => {
    const content = JSON.stringify({
      cniVersion: '1.0.0',
      name: 'mine',
      plugins: [
        { type: 'my-plugin', ipam: { ranges: [[{ subnet: '10.1.0.0/24' }], [{ subnet: 'fd00::/64' }]] } },
      ],
    });
    const network = await cniNetwork(await written(content));
    expect(network).toMatchObject({
      name: 'mine',
      file: '10-netclaims.conflist',
      content,
      plugins: ['my-plugin'],
    });
    expect(network.onNode(['10.244.3.0/24'])).toBe(content);
    expect(familiesOf(content)).toEqual(['ipv4', 'ipv6']);
  });

  it('gives the pods of each node addresses of their own', async () => {
    const { onNode } = await cniNetwork('ptp');
    expect(JSON.parse(onNode(['10.244.3.0/24', 'fd00:10:244:3::/64']))).toMatchObject({
      plugins: [
        {
          ipam: {
            ranges: [[{ subnet: '10.244.3.0/24' }], [{ subnet: 'fd00:10:244:3::/64' }]],
            routes: [{ dst: '0.0.0.0/0' }, { dst: '::/0' }],
          },
        },
        {},
      ],
    });
    const content = (subnet: string) =>
      `{"cniVersion": "1.0.0", "name": "mine", "plugins": [{"type": "a", "subnet": "${subnet}"}]}`;
    const mine = await cniNetwork(await written(content('{{ .PodCIDR }}')));
    expect(mine.onNode(['10.244.3.0/24'])).toBe(content('10.244.3.0/24'));
  });

  it('refuses to give the pods of two nodes the same addresses', async () => {
    const fixed = await cniNetwork(
      await written(
        '{"cniVersion": "1.0.0", "name": "mine", "plugins": [{"type": "a", "subnet": "10.9.0.0/24"}]}',
      ),
    );
    expect(() => refuseSameAddresses('mine.conflist', fixed, 1)).not.toThrow();
    expect(() => refuseSameAddresses('mine.conflist', fixed, 2)).toThrow(
      expect.objectContaining({ code: 'usage/bad-conflist' }),
    );
  });

  it.each([
    ['{', /^it is no JSON: /],
    ['null', /^`name` must be/],
    ['{"name": "../x", "cniVersion": "1.0.0", "plugins": [{"type": "a"}]}', /^`name` must be/],
    ['{"name": "x", "plugins": [{"type": "a"}]}', /^`cniVersion` is missing/],
    ['{"name": "x", "cniVersion": "1.0.0", "type": "bridge"}', /^`plugins` must be a list/],
    ['{"name": "x", "cniVersion": "1.0.0", "plugins": []}', /^`plugins` must be a list/],
    [
      '{"name": "x", "cniVersion": "1.0.0", "plugins": [{"type": "a"}, {"type": "../sh"}]}',
      /^`plugins\[1\]` has no `type`/,
    ],
  ])('refuses %s', async (content, why) => {
    await expect(cniNetwork(await written(content))).rejects.toMatchObject({
      code: 'usage/bad-conflist',
      evidence: [expect.stringMatching(why)],
    });
  });

  it('says which networks there are', async () => {
    await expect(cniNetwork('flannel')).rejects.toMatchObject({
      code: 'usage/no-network',
      remedy:
        'give --cni one of bridge, macvlan, ptp, with +bandwidth, +firewall, +tuning behind it if you like, or a FILE.conflist',
    });
    await expect(cniNetwork('toString')).rejects.toMatchObject({ code: 'usage/no-network' });
    await expect(cniNetwork(join(folder, 'none.conflist'))).rejects.toMatchObject({
      code: 'usage/bad-conflist',
    });
  });
});
