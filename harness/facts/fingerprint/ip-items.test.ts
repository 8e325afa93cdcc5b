import { describe, expect, it } from '@jest/globals';
import { routeItems } from './ip-items.js';

/** As `ip -json -6 route show table all` of iproute2 6.1 prints them. */
const ofAddress = [
  {
    type: 'anycast',
    dst: 'fd00:10:244::',
    dev: 'cni0',
    table: 'local',
    protocol: 'kernel',
    metric: 0,
    flags: [],
    pref: 'medium',
  },
  {
    type: 'local',
    dst: 'fd00:10:244::1',
    dev: 'cni0',
    table: 'local',
    protocol: 'kernel',
    metric: 0,
    flags: [],
    pref: 'medium',
  },
];
const added = {
  type: 'local',
  dst: 'fd00:99::/64',
  dev: 'lo',
  table: 'local',
  protocol: 'boot',
  metric: 1024,
};
const connected = {
  dst: '10.244.0.0/24',
  dev: 'cni0',
  protocol: 'kernel',
  scope: 'link',
  prefsrc: '10.244.0.1',
};

describe('the routes of a fingerprint', () => {
  it('leave out what the kernel makes of an IPv6 address once it has checked it', () => {
    expect(routeItems(ofAddress)).toEqual([]);
  });

  it('have what somebody added, also to the table local, and what connects a network', () => {
    expect(routeItems([added, connected])).toEqual([
      'type local dst fd00:99::/64 dev lo table local protocol boot metric 1024',
      'dst 10.244.0.0/24 dev cni0 protocol kernel scope link prefsrc 10.244.0.1',
    ]);
  });
});
