import { describe, expect, test } from '@jest/globals';
import { isRecent, nameIn } from './oci-runtime.js';

describe('the OCI runtime', () => {
  // Debian bookworm's crun and runc.
  test('is named with the version that it prints', () => {
    expect(nameIn('crun', 'crun version 1.8.1\ncommit: f8a096b\nspec: 1.0.0\n')).toBe('crun 1.8.1');
    expect(nameIn('runc', 'runc version 1.1.5+ds1\ncommit: 1.1.5\nspec: 1.0.2-dev\n')).toBe('runc 1.1.5+ds1');
    expect(nameIn('runc', '')).toBe('runc');
  });

  test.each([
    ['crun 0.17', false],
    ['crun 1.7.2', false],
    ['crun 1.8', true],
    ['crun 1.14.1', true],
    ['crun 2.0', true],
    ['crun', false],
  ])('%s is one that containerd 1.7 can use: %s', (name, recent) => {
    expect(isRecent(name)).toBe(recent);
  });
});
