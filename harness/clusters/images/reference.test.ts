import { describe, expect, it } from '@jest/globals';
import { normalizeReference } from './reference.js';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('normalizeReference', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['nginx:1.25-alpine', 'docker.io/library/nginx:1.25-alpine'],
    ['bitnami/nginx', 'docker.io/bitnami/nginx:latest'],
    ['docker.io/nginx', 'docker.io/library/nginx:latest'],
    ['index.docker.io/library/nginx', 'docker.io/library/nginx:latest'],
    ['quay.io/cilium/cilium:v1.18.0', 'quay.io/cilium/cilium:v1.18.0'],
    ['localhost/tool', 'localhost/tool:latest'],
    ['localhost:5000/tool', 'localhost:5000/tool:latest'],
    ['registry:5000/a/b:v2', 'registry:5000/a/b:v2'],
    ['[::1]:5000/tool:x', '[::1]:5000/tool:x'],
    ['registry/tool', 'docker.io/registry/tool:latest'],
    [`nginx@${digest}`, `docker.io/library/nginx@${digest}`],
    [`nginx:1.25@${digest}`, `docker.io/library/nginx@${digest}`],
    [`localhost:5000/a/tool@${digest}`, `localhost:5000/a/tool@${digest}`],
  ])('%s is %s', (short, full) => {
    expect(normalizeReference(short)).toBe(full);
  });

  it.each([
    'nginx',
    'a/b:c',
    'localhost:5000/tool',
    `registry.example/tool:1@${digest}`,
    'docker.io/library/nginx:latest',
  ])('leaves its own result for %s as it is', (reference) => {
    const full = normalizeReference(reference);
    expect(normalizeReference(full)).toBe(full);
  });

  it.each([
    ['', 'no image'],
    ['Nginx', '`library/Nginx` is no image'],
    ['nginx:', 'is no tag'],
    ['nginx:a b', 'is no tag'],
    ['a//b', 'no image'],
    ['-o', 'no image'],
    ['docker://nginx', 'is no registry'],
    ['nginx@sha256:abc', '`sha256:abc` is no digest'],
    [`nginx@${digest}@${digest}`, 'is no digest'],
    ['host_name.example:80/nginx', 'is no registry'],
  ])('refuses %j and says why', (reference, why) => {
    const refusal = () => normalizeReference(reference);
    expect(refusal).toThrow(expect.objectContaining({ code: 'image/bad-reference' }));
    expect(refusal).toThrow(
      expect.objectContaining({ evidence: [expect.stringContaining(why)] as unknown as string[] }),
    );
  });
});
