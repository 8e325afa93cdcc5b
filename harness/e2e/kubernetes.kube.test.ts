import { afterAll, beforeAll } from '@jest/globals';
import { diagnosis } from './kube/diagnosis.js';
import { fewerRights } from './kube/fewer-rights.js';
import { kubeCluster, type KubeCluster } from './kube/kube-cluster.js';
import { sameVerdicts } from './kube/same-verdicts.js';
import { tutorials } from './kube/tutorials.js';

// One cluster for all of these: to boot it takes a minute.
let cluster: KubeCluster;
beforeAll(async () => {
  cluster = await kubeCluster();
}, 300_000);
afterAll(() => cluster.remove(), 120_000);

const open = () => cluster;
sameVerdicts(open);
tutorials(open);
diagnosis(open);
fewerRights(open);
