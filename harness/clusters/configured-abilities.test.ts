import { describe, expect, it } from '@jest/globals';
import { cniNetwork } from './containerd/node/cni-network.js';
import { configuredAbilities } from './configured-abilities.js';

describe('configuredAbilities', () => {
  it.each([
    ['bridge', ['host-ports', 'host-local']],
    ['macvlan', ['host-local']],
    ['bridge+bandwidth', ['host-ports', 'host-local', 'bandwidth']],
  ])('reads what the plugins of %s can do', async (name, abilities) => {
    const { content } = await cniNetwork(name);
    expect(configuredAbilities(content)).toEqual(abilities);
  });

  it('goes by the types of plugins and by nothing else that a configuration names', () => {
    expect(configuredAbilities('{"name": "portmap", "plugins": [{"type": "host-local-like"}]}')).toEqual([]);
  });

  it('finds no limits for pods where the runtime is not to hand them to the plugin', () => {
    const alone = '{"plugins": [{"type": "bandwidth", "ingressRate": 1000}]}';
    const off = '{"plugins": [{"type": "bandwidth", "capabilities": {"bandwidth": false}}]}';
    expect([alone, off].map(configuredAbilities)).toEqual([[], []]);
  });
});
