import { describe, expect, it } from '@jest/globals';
import { placePods } from './place-pods.js';
import { readPod, type PodManifest } from './pod-manifest.js';
import { podOf } from './test-manifest.js';

const nodes = ['node-1', 'node-2', 'node-3'];

const pod = (
  name: string,
  spec = '',
  labels: Readonly<Record<string, string>> = { app: name },
): PodManifest => ({
  ...readPod(podOf(name, `{${spec}${spec === '' ? '' : ', '}containers: []}`)),
  labels,
});
const beside = (app: string, how = 'podAffinity') =>
  `affinity: {${how}: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: ${app}}}}]}}`;
const apartFrom = (app: string) => beside(app, 'podAntiAffinity');

const placed = (pods: readonly PodManifest[], on: readonly string[] = nodes) =>
  placePods(pods, [], on).map((one) => `${one.pod.name}: ${one.node}`);

const refusal = (pods: readonly PodManifest[]): unknown => {
  try {
    return placePods(pods, [], nodes);
  } catch (error) {
    return error;
  }
};

describe('placePods', () => {
  it('spreads pods, the same way each time', () => {
    const four = ['a', 'b', 'c', 'd'].map((name) => pod(name));
    expect(placed(four)).toEqual(['a: node-1', 'b: node-2', 'c: node-3', 'd: node-1']);
    expect(placed(four, ['node-1'])).toEqual(['a: node-1', 'b: node-1', 'c: node-1', 'd: node-1']);
  });

  describe('two pods with one hostPort', () => {
    const withPort = (name: string, port: string, more = ''): PodManifest =>
      readPod(podOf(name, `{${more}containers: [{name: app, image: busybox, ports: [{${port}}]}]}`));
    const web = withPort('a', 'containerPort: 80, hostPort: 8080');

    it.each([
      ['the same', 'containerPort: 81, hostPort: 8080', ''],
      ['one for an address', 'containerPort: 81, hostPort: 8080, hostIP: 127.0.0.1', ''],
      ["one on the node's network", 'containerPort: 8080', 'hostNetwork: true, '],
    ])('are on two nodes: %s', (_, port, more) => {
      expect(placed([web, withPort('b', port, more)], ['node-1', 'node-2'])).toEqual([
        'a: node-1',
        'b: node-2',
      ]);
      // The node with the fewest pods has the port already.
      expect(
        placed([pod('other', 'nodeName: node-2'), web, withPort('b', port, more)], ['node-1', 'node-2']),
      ).toEqual(['other: node-2', 'a: node-1', 'b: node-2']);
      expect(() => placed([web, withPort('b', port, more)], ['node-1'])).toThrow(
        expect.objectContaining({
          code: 'pod/no-node',
          evidence: ['pod b, node-1: pod a is there, which has the hostPort 8080/TCP too'],
        }),
      );
    });

    it.each([
      ['another port', 'containerPort: 80, hostPort: 8081'],
      ['another protocol', 'containerPort: 80, hostPort: 8080, protocol: UDP'],
      ['a port of its own', 'containerPort: 8080'],
    ])('may be on one node: %s', (_, port) => {
      expect(placed([web, withPort('b', port)], ['node-1'])).toEqual(['a: node-1', 'b: node-1']);
    });
  });

  it('heeds the name of a node', () => {
    expect(
      placed([pod('a', 'nodeName: node-3'), pod('b', 'nodeSelector: {kubernetes.io/hostname: node-3}')]),
    ).toEqual(['a: node-3', 'b: node-3']);
  });

  it('puts a pod beside another, whichever comes first in the manifests', () => {
    expect(placed([pod('first'), pod('server'), pod('client', beside('server'))])).toEqual([
      'first: node-1',
      'server: node-2',
      'client: node-2',
    ]);
    expect(placed([pod('client', beside('server')), pod('server', 'nodeName: node-2')])).toEqual([
      'server: node-2',
      'client: node-2',
    ]);
  });

  it('puts pods that are to be beside each other on one node', () => {
    const labels = { app: 'pair' };
    expect(placed([pod('a', beside('pair'), labels), pod('b', beside('pair'), labels)])).toEqual([
      'a: node-1',
      'b: node-1',
    ]);
  });

  it('keeps pods apart, also where only the one that is there asks for it', () => {
    expect(placed([pod('server'), pod('client', apartFrom('server'))])).toEqual([
      'server: node-1',
      'client: node-2',
    ]);
    const shy = pod('shy', `nodeName: node-1, ${apartFrom('client')}`);
    expect(
      placed([shy, pod('b', 'nodeName: node-2'), pod('c', 'nodeName: node-3'), pod('client')]),
    ).toContain('client: node-2');
  });

  it('goes on where earlier pods are', () => {
    const earlier = placePods([pod('a')], [], nodes);
    expect(placePods([pod('b', beside('a')), pod('c')], earlier, nodes)).toMatchObject([
      { node: 'node-1' },
      { node: 'node-2' },
    ]);
  });

  it('says of each node why it will not do', () => {
    expect(refusal([pod('a', 'nodeName: node-9')])).toMatchObject({
      code: 'pod/no-node',
      evidence: nodes.map((node) => `pod a, ${node}: it wants node-9`),
      remedy: expect.stringContaining('node-1, node-2, node-3'),
    });
    expect(refusal([pod('a', beside('nobody'))])).toMatchObject({
      code: 'pod/no-node',
      evidence: nodes.map(
        (node) => `pod a, ${node}: no pod with app=nobody is there, which this pod must be beside`,
      ),
    });
    const four = [1, 2, 3, 4].map((number) => pod(`p${number}`, apartFrom('one'), { app: 'one' }));
    expect(refusal(four)).toMatchObject({
      message: expect.stringContaining('pod p4'),
      evidence: [
        'pod p4, node-1: pod p1 is there, which this pod must be apart from',
        'pod p4, node-2: pod p2 is there, which this pod must be apart from',
        'pod p4, node-3: pod p3 is there, which this pod must be apart from',
      ],
    });
  });
});
