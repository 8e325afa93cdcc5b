import { describe, expect, it } from '@jest/globals';
import { candidates, choose } from './debian-packages.js';

const policy = `nginx:
  Installed: (none)
  Candidate: 1.24.0-2ubuntu7.5
  Version table:
     1.24.0-2ubuntu7.5 500
        500 http://archive noble-updates/main amd64 Packages
libssl3:
  Installed: (none)
  Candidate: (none)
  Version table:
libssl3t64:
  Installed: 3.0.13-0ubuntu3.5
  Candidate: 3.0.13-0ubuntu3.5
  Version table:
 *** 3.0.13-0ubuntu3.5 500
`;

describe('candidates', () => {
  it('reads what apt can install, not what it only knows by name', () => {
    expect([...candidates(policy)]).toEqual([
      ['nginx', '1.24.0-2ubuntu7.5'],
      ['libssl3t64', '3.0.13-0ubuntu3.5'],
    ]);
    expect(candidates('').size).toBe(0);
  });
});

describe('choose', () => {
  const versions = candidates(policy);

  it('takes the first alternative that can be had, under the name of the first', () => {
    const taken = choose([['nginx'], ['libssl3', 'libssl3t64'], ['libssl3t64', 'libssl3']], versions);
    expect([...taken]).toEqual([
      ['nginx', 'nginx=1.24.0-2ubuntu7.5'],
      ['libssl3', 'libssl3t64=3.0.13-0ubuntu3.5'],
      ['libssl3t64', 'libssl3t64=3.0.13-0ubuntu3.5'],
    ]);
  });

  it('says which package cannot be had', () => {
    expect(() => choose([['nginx'], ['catatonit', 'tini']], versions)).toThrow(
      expect.objectContaining({
        code: 'image/no-packages',
        evidence: ['apt knows no package catatonit or tini'],
      }),
    );
  });
});
