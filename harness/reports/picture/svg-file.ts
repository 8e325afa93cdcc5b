import type { Observation } from '../../domain/observation.js';
import { counted } from '../phrases.js';
import { topologyOf } from '../topology/topology-of.js';
import { arrange } from './arrange.js';
import { colours, pictureStyle } from './picture-style.js';
import { renderSvg } from './svg.js';

/** The picture of an observation as a file of its own, in the colours of whoever looks at it. */
export const renderSvgFile = (observation: Observation): string => {
  const topology = topologyOf(observation);
  const label = `The topology of ${counted(topology.nodes.length, 'node')}`;
  return `${renderSvg(arrange(topology), { label, changes: new Map() }, colours + pictureStyle).text}\n`;
};
