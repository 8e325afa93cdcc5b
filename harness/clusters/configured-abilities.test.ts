import { describe, expect, it } from '@jest/globals';
import { cniNetwork } from './containerd/node/cni-network.js';
import { configuredAbilities } from './configured-abilities.js';

describe('configuredAbilities', () => {
  it.each([
    ['bridge', ['host-ports', 'host-local']],
    ['macvlan', ['host-local']],
  ])('reads what the plugins of %s can do', async (name, abilities) => {
    const { content } = await cniNetwork(name);
    expect(configuredAbilities(content)).toEqual(abilities);
  });

  it('goes by the types of plugins and by nothing else that a configuration names', () => {
    expect(configuredAbilities('{"name": "portmap", "plugins": [{"type": "host-local-like"}]}')).toEqual([]);
  });
});
