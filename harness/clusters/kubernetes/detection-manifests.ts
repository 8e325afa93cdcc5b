import { ownManifest, type Manifest } from '../../domain/manifest.js';

const label = 'netclaims.dev/detect';

const manifest = (apiVersion: string, kind: string, name: string, spec: object): Manifest =>
  ownManifest(apiVersion, kind, { name, labels: { [label]: name } }, spec);

const pod = (name: string, image: string, script: string): Manifest =>
  manifest('v1', 'Pod', name, {
    terminationGracePeriodSeconds: 0,
    containers: [{ name: 'main', image, command: ['/bin/sh', '-c', script] }],
  });

/** A server, its Service, and a client, to find out by them what a cluster can do. */
export const detectionManifests = (image: string): readonly Manifest[] => [
  manifest('v1', 'Service', 'server', {
    selector: { [label]: 'server' },
    ports: [{ port: 80, targetPort: 8080 }],
  }),
  pod(
    'server',
    image,
    'mkdir -p /tmp/www && echo here >/tmp/www/index.html && exec httpd -f -p 8080 -h /tmp/www',
  ),
  pod('client', image, 'sleep 3600'),
];

/** No pod may be reached any more. */
export const denyAll: Manifest = manifest('networking.k8s.io/v1', 'NetworkPolicy', 'deny', {
  podSelector: {},
  policyTypes: ['Ingress'],
});
