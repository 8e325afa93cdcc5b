import { isUnreadable, type Facts } from '../domain/fact-types.js';
import type { Observation } from '../domain/observation.js';
import { itemsOf } from '../domain/fact-items.js';
import { word } from './readable.js';

/** Replaces in a text what is another one in every run (a pod's address, a MAC, an identifier) by what it stands for. */
export type StandIn = (text: string) => string;

/** @param own the pod whose facts the text is of; what belongs to it is called so, that one pod can be like another */
export const standIns = ({ pods, nodes }: Observation, own?: Facts<'Pod'>): StandIn => {
  const nodeNames = Object.keys(nodes);
  const names = new Map<string, string>();
  const name = (found: unknown, owner: string, what: string) => {
    if (typeof found === 'string' && found !== '') names.set(found, `<${owner} ${what}>`);
  };
  Object.values(nodes).forEach((node, index) => {
    const owner = own !== undefined && word(own.node) === node.name ? "own node's" : `node-${index + 1}'s`;
    for (const range of itemsOf(node.podCIDRs)) name(range, owner, 'pod range');
  });
  const others = Object.values(pods).filter((pod) => pod !== own);
  // The last one to name something is right: what is the pod's own is nobody else's.
  for (const pod of own === undefined ? others : [...others, own]) {
    const onNode = pod.hostNetwork === true;
    const owner = onNode
      ? `node-${nodeNames.indexOf(word(pod.node)) + 1}'s`
      : pod === own
        ? 'own'
        : `${word(pod.name)}'s`;
    for (const ip of itemsOf(pod.ips)) name(ip, owner, ip.includes(':') ? 'IPv6 address' : 'IPv4 address');
    if (!isUnreadable(pod.sandbox)) name(pod.sandbox.id, owner, 'sandbox');
    if (onNode) continue;
    if (!isUnreadable(pod.netns)) name(pod.netns.path, owner, 'netns');
    for (const { peer } of itemsOf(pod.links)) {
      if (!isUnreadable(peer) && peer.where === 'node') name(peer.name, owner, 'end');
    }
  }
  return (text) =>
    text.replaceAll(tokens, (token) => {
      const [, address = token, prefix = ''] = /^(.+)(\/\d+)$/.exec(token) ?? [];
      const standIn = names.get(token) ?? names.get(address);
      if (standIn !== undefined) return names.has(token) ? standIn : `${standIn}${prefix}`;
      if (mac.test(token)) return '<MAC>';
      return linkLocal.test(address) ? `<link-local>${prefix}` : token;
    });
};

/** Whatever may be an address, an identifier, a path or the name of a link. */
const tokens = /[\w.:/-]*\w/g;
const mac = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i;
const linkLocal = /^fe80::[0-9a-f:]+$/i;
