import { describe, expect, it } from '@jest/globals';
import type { Ended } from './answers.js';
import { parseNetwork } from './cni-configuration.js';
import { parseDirectory } from './directory.js';
import { parsePeerIfindex } from './ethtool.js';
import { parseAllocations } from './ipam.js';
import { parseKernel } from './kernel.js';
import { parseLinks } from './links.js';
import { parseNamedNetns } from './named-netns.js';
import { parseNamespaces } from './namespaces.js';
import { parseNeighbours } from './neighbours.js';
import { parseIdentity } from './netns-identity.js';
import { parseRoutes } from './routes.js';
import { parseRules } from './rules.js';
import { cutOff, recorded } from './testing/recorded.js';

const parsers: readonly (readonly [string, (answer: Ended) => unknown])[] = [
  ['address-veth', parseLinks],
  ['address-node', parseLinks],
  ['route-pod', parseRoutes],
  ['route-node', parseRoutes],
  ['neighbour', parseNeighbours],
  ['rule', parseRules],
  ['rule-6', parseRules],
  ['netns-list', parseNamedNetns],
  ['namespaces', parseNamespaces],
  ['configuration-list', parseNetwork],
  ['configuration-single', parseNetwork],
  ['stats-veth', parsePeerIfindex],
  ['kernel', parseKernel],
  ['identity', parseIdentity],
];

const read = (parse: (answer: Ended) => unknown, answer: Ended): unknown => {
  try {
    return parse(answer);
  } catch (error) {
    return error;
  }
};

describe('what was cut off', () => {
  it.each(parsers)('%s is read whole, and refused or read the same when it is not', (name, parse) => {
    const answer = recorded(name);
    const whole = parse(answer);
    for (const part of cutOff(answer)) {
      const result = read(parse, part);
      if (!(result instanceof Error))
        expect({ of: part.stdout, result }).toEqual({ of: part.stdout, result: whole });
    }
    expect(() => parse({ ...answer, stdout: '' })).toThrow();
    expect(() => parse({ ...answer, stdout: answer.stdout.slice(0, answer.stdout.length / 16) })).toThrow();
  });

  it.each([
    ['results', parseDirectory],
    ['allocations', parseAllocations],
  ] as const)(
    '%s loses no part of a name: a folder may be empty, but each of its names ends its line',
    (name, parse) => {
      const answer = recorded(name);
      const names = answer.stdout.split('\n');
      for (const part of cutOff(answer).filter(({ stdout }) => stdout !== '' && !stdout.endsWith('\n'))) {
        expect(() => parse(part)).toThrow('cut off');
      }
      expect(names.length).toBeGreaterThan(1);
      expect(parse({ ...answer, stdout: '' })).toEqual([]);
    },
  );

  it.each(parsers)('%s that failed is refused with its own words', (name, parse) => {
    const failed = {
      ...recorded(name),
      exitCode: 1,
      stdout: '',
      stderr: 'RTNETLINK answers: Operation not permitted',
    };
    expect(() => parse(failed)).toThrow('Operation not permitted');
  });

  it.each(parsers.filter(([name]) => recorded(name).argv[0] === 'ip'))(
    '%s is refused when netlink says that the dump is not of one moment',
    (name, parse) => {
      const answer = { ...recorded(name), stderr: 'Dump was interrupted and may be inconsistent.' };
      expect(() => parse(answer)).toThrow('Dump was interrupted');
    },
  );
});
