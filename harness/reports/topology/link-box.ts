import type { Facts } from '../../domain/fact-types.js';
import { itemsOf } from '../../domain/fact-items.js';
import { word } from './fact-words.js';
import type { LinkBox } from './topology.js';

/** Whose netns a link lies in. */
export interface LinkOwner {
  readonly kind: 'node' | 'pod';
  readonly name: string;
}

export const linkId = ({ kind, name }: LinkOwner, link: string): string => `link/${kind}/${name}/${link}`;

/** A link as a picture shows it. */
export const linkBox = (owner: LinkOwner, link: Facts<'Link'>): LinkBox => {
  const name = word(link.name);
  const all = itemsOf(link.addresses);
  // Those that a link gave itself are told in its title only.
  const addresses = all
    .filter(({ scope }) => scope !== 'link')
    .map(({ address, prefix }) => `${word(address)}/${word(prefix)}`);
  const state = word(link.state);
  return {
    id: linkId(owner, name),
    title: `${name} of ${owner.name}`,
    name,
    kind: word(link.kind),
    up: state === 'UP' || state === 'UNKNOWN',
    mtu: word(link.mtu),
    addresses,
    facts: {
      kind: word(link.kind),
      ifindex: word(link.ifindex),
      mtu: word(link.mtu),
      state,
      mac: word(link.mac),
      addresses: all.map(({ address, prefix }) => `${word(address)}/${word(prefix)}`).join(' '),
      master: word(link.master),
    },
  };
};
