import { describe, expect, it } from '@jest/globals';
import { NetclaimsError } from '../../../domain/error.js';
import { nodeImages } from './node-images.js';

const never = new AbortController().signal;

/** A node with these images, and a registry that has all others but those that are missing there. */
const node = (there: readonly string[], missing: readonly string[] = []) => {
  const has = new Set(there);
  const calls: string[] = [];
  const images = nodeImages({
    has: (name) => Promise.resolve(has.has(name)),
    pull: (name) => {
      calls.push(`pull ${name}`);
      return missing.includes(name)
        ? Promise.reject(new NetclaimsError({ code: 'image/not-pulled', what: name }))
        : Promise.resolve({ path: name, digest: 'sha256:0', references: [name] });
    },
    load: ({ path }) => {
      calls.push(`load ${path}`);
      has.add(path);
      return Promise.resolve();
    },
  });
  return { calls, images };
};
const nginx = 'docker.io/library/nginx:latest';

describe('nodeImages', () => {
  it.each(['Always', 'IfNotPresent', 'Never', undefined])(
    'takes an image that is on the node, whatever the policy (%s)',
    async (policy) => {
      const { images, calls } = node([nginx]);
      expect(await images.ensure('nginx', policy, never)).toBe(nginx);
      expect(calls).toEqual([]);
    },
  );

  it('fetches one that is not, once for all pods that want it', async () => {
    const { images, calls } = node([]);
    const names = ['nginx', 'docker.io/nginx:latest', 'nginx:latest'];
    const ensured = names.map((name) => images.ensure(name, 'IfNotPresent', never));
    expect(await Promise.all(ensured)).toEqual([nginx, nginx, nginx]);
    await images.ensure('nginx', undefined, never);
    expect(calls).toEqual([`pull ${nginx}`, `load ${nginx}`]);
  });

  it('fetches none that the policy forbids to', async () => {
    const { images, calls } = node([]);
    await expect(images.ensure('nginx', 'Never', never)).rejects.toMatchObject({
      code: 'image/not-present',
      message: expect.stringContaining(nginx),
      remedy: expect.stringContaining('--load'),
    });
    expect(calls).toEqual([]);
  });

  it('tries one that failed again for whoever asks next', async () => {
    const missing = [nginx];
    const { images, calls } = node([], missing);
    await expect(images.ensure('nginx', undefined, never)).rejects.toMatchObject({
      code: 'image/not-pulled',
    });
    missing.pop();
    expect(await images.ensure('nginx', undefined, never)).toBe(nginx);
    expect(calls).toEqual([`pull ${nginx}`, `pull ${nginx}`, `load ${nginx}`]);
  });
});
