import type { Manifest } from '../domain/manifest.js';
import type { NetworkChange } from '../domain/network-change.js';
import type { ProbePlace, Step } from '../domain/scenario.js';

/** What a step does, in a few words: `observe now`, `kill nginx/nginx`, `probe fetch in p1/client`. */
export const stepTitle = (step: Step): string => {
  switch (step.kind) {
    case 'observe':
      return `observe ${step.name}`;
    case 'probe':
      return `probe ${step.name} in ${placeTitle(step.place)}`;
    case 'apply':
      return `apply ${step.manifests.map(manifestTitle).join(', ')}`;
    case 'delete':
      return `delete ${step.targets.map(({ kind, name }) => `${kind} ${name}`).join(', ')}`;
    case 'kill':
      return `kill ${step.pod}/${step.victim === 'sandbox' ? '(sandbox)' : step.victim.container}`;
    case 'restart':
      return `restart ${step.pod}/${step.container}`;
    case 'reconfigure':
      return `reconfigure ${changeTitle(step.change)}`;
    case 'wait':
      return `wait until ${step.until.source}`;
    case 'repeat':
      return `repeat ${step.times} times`;
  }
};

const changeTitle = (change: NetworkChange): string =>
  'plugin' in change ? change.plugin : Object.keys(change.fields).join(', ');

const placeTitle = (place: ProbePlace): string => {
  switch (place.kind) {
    case 'container':
      return `${place.pod}/${place.container}`;
    case 'netns':
      return `the netns of ${place.pod}`;
    case 'node':
      return `node ${place.node}`;
    case 'node-of':
      return `the node of ${place.pod}`;
  }
};

const manifestTitle = (manifest: Manifest): string => `${manifest.kind} ${manifest.name}`;

/** Where a step stands and what it does, to begin a message with. */
export const stepPlace = (step: Step): string =>
  `${step.file}:${step.position.line}:${step.position.column} ${stepTitle(step)}`;
