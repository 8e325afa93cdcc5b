import { expect, it } from '@jest/globals';
import { noFootprint } from './footprint.js';
import type { Manifest } from './manifest.js';
import type { Scenario, Step } from './scenario.js';
import { secretsOf } from './secrets-of.js';

const position = { line: 1, column: 1 };
const manifest = (object: Readonly<Record<string, unknown>>): Manifest => ({
  ...{ file: 'a.yaml', kind: String(object.kind), name: 'a', object, position: () => position },
});
const base = { file: 'a.yaml', position, timeoutMs: 1 };
const expression = (source: string) => ({ source, file: 'a.yaml', position });

const scenario = (manifests: readonly Manifest[], steps: readonly Step[] = []): Scenario => ({
  ...{ file: 'a.yaml', name: 'a', labels: {}, claim: '', source: undefined, requires: [], expectations: [] },
  world: { manifests: [], let: [], steps: [], footprint: noFootprint },
  controls: [{ name: 'c', refutes: [], world: { manifests, let: [], steps, footprint: noFootprint } }],
});

it('finds what is secret by its place', () => {
  const container = {
    name: 'web',
    env: [
      { name: 'DB_PASSWORD', value: 'from-env' },
      { name: 'MODE', value: 'open' },
      { name: 'A_TOKEN', valueFrom: { secretKeyRef: { name: 'x', key: 'y' } } },
    ],
  };
  const pod = manifest({ kind: 'Deployment', spec: { template: { spec: { initContainers: [container] } } } });
  const data = Buffer.from('decoded').toString('base64');
  const kept = manifest({ kind: 'Secret', data: { a: data }, stringData: { b: 'plain' } });
  const probe: Step = {
    ...base,
    ...{ kind: 'probe', name: 'p', place: { kind: 'node', node: 'n' }, argv: ['true'] },
    env: [
      { name: 'SMTP_PASS', value: expression('"from-probe"') },
      { name: 'URL', value: expression('"http://x"') },
    ],
  };
  const nested: Step = {
    ...base,
    kind: 'repeat',
    times: 2,
    steps: [{ ...base, kind: 'apply', manifests: [kept] }],
  };
  expect(secretsOf([scenario([pod], [probe, nested])])).toEqual([
    'from-env',
    'from-probe',
    data,
    'decoded',
    'plain',
  ]);
});
