import { ownManifest, type Manifest } from '../../domain/manifest.js';

const label = 'netclaims.dev/detect';

const manifest = (apiVersion: string, kind: string, name: string, spec: object): Manifest =>
  ownManifest(apiVersion, kind, { name, labels: { [label]: name } }, spec);

const pod = (name: string, image: string, script: string): Manifest =>
  manifest('v1', 'Pod', name, {
    terminationGracePeriodSeconds: 0,
    containers: [{ name: 'main', image, command: ['/bin/sh', '-c', script] }],
  });

export const serverPort = 8080;

const serve = `mkdir -p /tmp/www && echo here >/tmp/www/index.html && exec httpd -f -p ${serverPort} -h /tmp/www`;

/** A server, its Service, another server, and a client, to find out by them what a cluster can do. */
export const detectionManifests = (image: string): readonly Manifest[] => [
  manifest('v1', 'Service', 'server', {
    selector: { [label]: 'server' },
    ports: [{ port: 80, targetPort: serverPort }],
  }),
  pod('server', image, serve),
  pod('other', image, serve),
  pod('client', image, 'sleep 3600'),
];

/** The first server may not be reached any more, the other one may. */
export const denyServer: Manifest = manifest('networking.k8s.io/v1', 'NetworkPolicy', 'deny', {
  podSelector: { matchLabels: { [label]: 'server' } },
  policyTypes: ['Ingress'],
});
