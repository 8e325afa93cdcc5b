import { expect, it } from '@jest/globals';
import { nearestName } from './nearest-name.js';

it.each([
  ['mtuu', 'mtu'],
  ['MTU', 'mtu'],
  ['nmae', 'name'],
  ['ifidnex', 'ifindex'],
  ['adresses', 'addresses'],
  ['stat', 'state'],
])('%s means %s', (name, meant) =>
  expect(nearestName(name, ['addresses', 'ifindex', 'mtu', 'name', 'state'])).toBe(meant),
);
it('is none where none is near', () => {
  expect(nearestName('routes', ['mtu', 'name'])).toBeUndefined();
  expect(nearestName('o', ['p', 'w'])).toBeUndefined();
  expect(nearestName('x', [])).toBeUndefined();
});
it('prefers what starts alike', () => expect(nearestName('al', ['at', 'all'])).toBe('all'));
