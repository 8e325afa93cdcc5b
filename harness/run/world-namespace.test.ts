import { describe, expect, it } from '@jest/globals';
import { worldNamespace } from './world-namespace.js';

describe('worldNamespace', () => {
  it('shows whose it is', () => {
    expect(worldNamespace('veth-presence', null, 'a1b2c3', 1)).toBe('netclaims-veth-presence-a1b2c3-1');
    expect(worldNamespace('veth', 'the same two containers in two pods', 'a1b2c3', 12)).toBe(
      'netclaims-veth-the-same-two-containers-in-two-pods-a1b2c3-12',
    );
  });

  it.each([
    ['x'.repeat(100), null],
    ['veth-presence', 'A hostNetwork pod: eth0 (of the node) is "no veth", as we know it'],
    ['a'.repeat(43), 'b'],
    ['a', 'ÄÖÜ 东西 🎉'],
    ['a', ''],
  ])('is a DNS label for %j, %j', (scenario, control) => {
    expect(worldNamespace(scenario, control, 'a1b2c3', 7)).toMatch(
      /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])-a1b2c3-7$/,
    );
    expect(worldNamespace(scenario, control, 'a1b2c3', 7).length).toBeLessThanOrEqual(63);
  });

  it('differs for names that are alike once cut', () => {
    const long = 'x'.repeat(100);
    expect(worldNamespace(long, 'one', 'a1b2c3', 1)).not.toBe(worldNamespace(long, 'two', 'a1b2c3', 2));
  });
});
