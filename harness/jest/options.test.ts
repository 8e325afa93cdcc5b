import { describe, expect, it } from '@jest/globals';
import { NetclaimsError } from '../domain/error.js';
import { readOptions, type OptionSources } from './options.js';

const read = (sources: Partial<OptionSources> = {}) =>
  readOptions({ globals: undefined, rootDir: '/project', env: {}, folder: '/here', ...sources });

const mistakesOf = (sources: Partial<OptionSources>): readonly string[] => {
  try {
    read(sources);
  } catch (error) {
    if (error instanceof NetclaimsError && error.code === 'usage/jest-options') return error.evidence;
    throw error;
  }
  return [];
};

const defaults = {
  cluster: 'auto',
  clusterName: undefined,
  cni: undefined,
  cniBinDir: undefined,
  nodes: 1,
  ipFamily: undefined,
  load: [],
  timeoutMs: 300_000,
  strict: false,
  notApplicable: 'skip',
};

describe('readOptions', () => {
  it('has the defaults of `netclaims verify`', () => {
    expect(read()).toEqual(defaults);
  });

  it('reads the globals of the project, whose paths start from its rootDir', () => {
    const netclaims = {
      cluster: 'containerd',
      clusterName: 'mine',
      cni: 'net/my.conflist',
      cniBinDir: 'bin',
      nodes: 2,
      ipFamily: 'dual',
      load: ['a.tar', '/b.tar'],
      timeout: '1m30s',
      strict: true,
      notApplicable: 'fail',
    };
    expect(read({ globals: netclaims })).toEqual({
      cluster: 'containerd',
      clusterName: 'mine',
      cni: '/project/net/my.conflist',
      cniBinDir: '/project/bin',
      nodes: 2,
      ipFamily: 'dual',
      load: ['/project/a.tar', '/b.tar'],
      timeoutMs: 90_000,
      strict: true,
      notApplicable: 'fail',
    });
  });

  it('lets the environment win, whose paths start from the folder that Jest was started in', () => {
    const env = {
      NETCLAIMS_CNI: 'macvlan',
      NETCLAIMS_CNI_BIN_DIR: 'plugins',
      NETCLAIMS_NODES: '3',
      NETCLAIMS_IP_FAMILY: 'ipv6',
      NETCLAIMS_LOAD: 'a.tar:b.tar',
      NETCLAIMS_TIMEOUT: '10s',
      NETCLAIMS_STRICT: 'true',
      NETCLAIMS_NOT_APPLICABLE: 'fail',
      // Set to nothing is not set.
      NETCLAIMS_CLUSTER: '',
    };
    expect(read({ globals: { cni: 'ptp', cluster: 'containerd' }, env })).toEqual({
      ...defaults,
      cluster: 'containerd',
      cni: 'macvlan',
      cniBinDir: '/here/plugins',
      nodes: 3,
      ipFamily: 'ipv6',
      load: ['/here/a.tar', '/here/b.tar'],
      timeoutMs: 10_000,
      strict: true,
      notApplicable: 'fail',
    });
  });

  it('tells all mistakes at once, and where each was made', () => {
    const globals = {
      nodes: 0,
      ipFamily: 'ipv5',
      load: ['a.tar', 7],
      timeout: '0s',
      notApplicable: true,
      clusterNme: 'x',
      zzz: 1,
    };
    expect(mistakesOf({ globals, env: { NETCLAIMS_STRICT: 'yes' } })).toEqual([
      'globals.netclaims.nodes must be a whole number of at least 1, not 0',
      'globals.netclaims.ipFamily must be one of ipv4, ipv6, dual, not "ipv5"',
      'globals.netclaims.load must be a list of paths (in the variable: separated by `:`), not ["a.tar",7]',
      'globals.netclaims.timeout must be a duration such as 30s, 2m or 1m30s, at most 24h, not "0s"',
      'NETCLAIMS_STRICT must be true or false, not "yes"',
      'globals.netclaims.notApplicable must be skip or fail, not true',
      'globals.netclaims.clusterNme is no option: is clusterName meant?',
      'globals.netclaims.zzz is no option',
    ]);
  });

  it.each([[null], [[]], ['bridge']])('does not read %j as options', (globals) => {
    expect(mistakesOf({ globals })).toEqual([
      `globals.netclaims must be an object, not ${JSON.stringify(globals)}`,
    ]);
  });
});
