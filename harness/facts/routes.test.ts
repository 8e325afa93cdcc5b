import { describe, expect, it } from '@jest/globals';
import { parseNeighbours } from './neighbours.js';
import { parseRoutes } from './routes.js';
import { parseRules } from './rules.js';
import { recorded } from './testing/recorded.js';

const node = parseRoutes(recorded('route-node'));
const to = (dst: string) => node.filter((route) => route.dst === dst);

describe('parseRoutes', () => {
  it('reads a pod’s default route and those of its own addresses', () => {
    const routes = parseRoutes(recorded('route-pod'));
    expect(routes[0]).toEqual({
      family: 'inet',
      type: 'unicast',
      table: 'main',
      dst: 'default',
      gateway: '10.9.0.1',
      dev: 'eth0',
      protocol: 'boot',
      scope: 'global',
      source: '',
      metric: 0,
    });
    expect(routes.find(({ dst }) => dst === '10.9.0.0/24')).toMatchObject({
      source: '10.9.0.2',
      scope: 'link',
    });
    expect(routes.find(({ dst }) => dst === 'fd00:9::2')).toMatchObject({
      family: 'inet6',
      type: 'local',
      table: 'local',
    });
  });

  it('gives one for each of several next hops, of either family', () => {
    expect(to('10.200.0.0/16').map(({ gateway }) => gateway)).toEqual(['10.9.0.2', '10.9.0.3']);
    expect(to('fd77::/64').map(({ gateway, metric }) => [gateway, metric])).toEqual([
      ['fe80::1', 1024],
      ['fe80::2', 1024],
    ]);
  });

  it('keeps other tables, types and metrics', () => {
    expect(to('10.203.0.0/16')).toMatchObject([{ table: '100', metric: 50 }]);
    expect(to('10.201.0.0/16')).toMatchObject([{ type: 'blackhole', dev: '', gateway: '' }]);
  });

  it('knows the family of a default route without addresses, and of one by way of another family', () => {
    expect(to('default').map(({ family, type, metric }) => [family, type, metric])).toEqual([
      ['inet', 'unicast', 0],
      ['inet6', 'unicast', 700],
      ['inet6', 'unreachable', 5000],
    ]);
    expect(to('10.202.0.0/16')).toMatchObject([{ family: 'inet', gateway: 'fe80::1' }]);
  });

  it('reads an empty table as one', () => {
    expect(parseRoutes(recorded('route-empty'))).toEqual([]);
  });
});

describe('parseRules', () => {
  it('reads selectors, marks and rules that look up no table', () => {
    const rules = parseRules(recorded('rule'));
    expect(rules.map(({ priority }) => priority)).toEqual([0, 32763, 32764, 32765, 32766, 32767]);
    expect(rules[3]).toEqual({
      family: 'inet',
      priority: 32765,
      src: '10.0.0.0/8',
      dst: '10.9.0.0/16',
      table: '100',
      fwmark: '0x10/0xff',
      iif: 'cni0',
    });
    expect(rules[2]).toMatchObject({ src: 'all', dst: 'all', fwmark: '0x20', iif: '' });
    expect(rules[1]).toMatchObject({ src: '192.0.2.1', table: '' });
  });

  it('tells the family by the question', () => {
    expect(parseRules(recorded('rule-6'))[1]).toMatchObject({
      family: 'inet6',
      src: 'fd00:9::/64',
      table: '200',
    });
  });
});

describe('parseNeighbours', () => {
  it('reads each with its state, and without an address where it has none', () => {
    expect(
      parseNeighbours(recorded('neighbour')).map(({ address, mac, state }) => [address, mac, state]),
    ).toEqual([
      ['10.9.0.78', '', 'FAILED'],
      ['10.9.0.77', '02:00:00:00:00:77', 'PERMANENT'],
      ['10.9.0.79', '02:00:00:00:00:79', 'STALE'],
      ['fd00:9::77', '02:00:00:00:00:77', 'REACHABLE'],
    ]);
    expect(parseNeighbours(recorded('neighbour-empty'))).toEqual([]);
  });

  it('refuses one without a state', () => {
    const answer = recorded('neighbour');
    expect(() =>
      parseNeighbours({ ...answer, stdout: answer.stdout.replace(',"state":["FAILED"]', '') }),
    ).toThrow('without its state');
  });
});
