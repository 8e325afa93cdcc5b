import { describe, expect, it } from '@jest/globals';
import type { Answer, Ended } from './answers.js';
import { directoryArgv, parseDirectory } from './directory.js';
import { linksArgv, parseLinks } from './links.js';
import { namedNetnsArgv, parseNamedNetns } from './named-netns.js';
import { neighboursArgv, parseNeighbours } from './neighbours.js';
import { identityArgv, parseIdentity } from './netns-identity.js';
import { parseProcess, processArgv } from './processes.js';
import { parseRoutes, routesArgv } from './routes.js';
import { parseRules, rules6Argv, rulesArgv } from './rules.js';
import { recorded } from './testing/recorded.js';
import { unbatch } from './unbatch.js';

const partOf = (batch: Answer, argv: readonly string[]): Answer | undefined =>
  unbatch(batch).find((answer) => answer.argv.join(' ') === argv.join(' '));

const ended = (answer: Answer | undefined): Ended => {
  if (answer?.kind !== 'ended') throw new Error('there is no such answer');
  return answer;
};

describe('a batch of ip', () => {
  it('gives each command the line that it alone would have printed', () => {
    const batch = recorded('batch-node');
    expect(unbatch(batch).map(({ argv }) => argv)).toEqual([
      linksArgv,
      routesArgv,
      neighboursArgv,
      rulesArgv,
    ]);
    const alone = recorded('address-node');
    expect(parseLinks(ended(partOf(batch, linksArgv)))).toEqual(parseLinks(alone));
    expect(parseRoutes(ended(partOf(batch, routesArgv)))).toEqual(parseRoutes(recorded('route-node')));
    expect(parseRules(ended(partOf(batch, rulesArgv)))).toEqual(parseRules(recorded('rule')));
    expect(parseNeighbours(ended(partOf(batch, neighboursArgv)))).toEqual(
      parseNeighbours(recorded('neighbour')),
    );
  });

  it('keeps the netns in which it was asked', () => {
    const parts = unbatch(recorded('batch-pod'));
    expect(parts.map(({ netns }) => netns)).toEqual(Array(3).fill('/run/netns/pod-a'));
    expect(ended(parts[0]).stdout).toBe(recorded('address-veth').stdout);
  });

  it('gives the ids of names apart from the rules, and an empty list of them to the reader of it alone', () => {
    const named = recorded('batch-names');
    expect(parseNamedNetns(ended(partOf(named, namedNetnsArgv)))).toEqual(
      parseNamedNetns(recorded('netns-list')),
    );
    expect(parseRules(ended(partOf(named, rules6Argv)))).toEqual(parseRules(recorded('rule-6')));
    const none = recorded('batch-no-names');
    expect(parseRules(ended(partOf(none, rules6Argv)))).toHaveLength(2);
    expect(ended(partOf(none, namedNetnsArgv))).toMatchObject({ stdout: '', exitCode: 0 });
  });

  it('gives what `netns list` says of a file that is no namespace to that one, whose list is whole all the same', () => {
    const batch = recorded('batch-names');
    const said = 'Error: Peer netns reference is invalid.\n';
    const [rules = '', names = ''] = batch.stdout.split(/(?<=\n)/);
    const torn = { ...batch, stdout: `${rules}${said}${said}${names}` };
    expect(ended(partOf(torn, rules6Argv))).toMatchObject({ stdout: rules, stderr: '' });
    expect(ended(partOf(torn, namedNetnsArgv))).toMatchObject({ stdout: names, stderr: `${said}${said}` });
    expect(parseNamedNetns(ended(partOf(torn, namedNetnsArgv)))).toEqual(
      parseNamedNetns(recorded('netns-list')),
    );
  });

  it('gives nothing of one that failed, as each of its lines is asked again', () => {
    expect(unbatch(recorded('batch-bad-line'))).toEqual([]);
    expect(unbatch(recorded('batch-netns-gone'))).toEqual([]);
    expect(unbatch({ kind: 'missing', tool: 'ip', argv: recorded('batch-pod').argv })).toEqual([]);
  });

  it.each([
    ['a line too few', (text: string) => text.slice(0, text.indexOf('\n') + 1)],
    ['a line cut off', (text: string) => text.slice(0, -10)],
    ['a warning among the lines', (text: string) => text.replace('\n', '\nDump was interrupted\n')],
    ['a warning for a line', (text: string) => text.replace(/\n.*\n/, '\nDump was interrupted\n')],
    ['nothing', () => ''],
  ])('says of each command what was printed where that is not whole: %s', (_, cut) => {
    const batch = recorded('batch-pod');
    const parts = unbatch({ ...batch, stdout: cut(batch.stdout) });
    expect(parts).toHaveLength(3);
    expect(() => parseLinks(ended(parts[0]))).toThrow();
    expect(() => parseRoutes(ended(parts[1]))).toThrow();
    expect(() => parseNeighbours(ended(parts[2]))).toThrow();
  });
});

describe('a grep of several processes', () => {
  const batch = recorded('process-batch');
  const [, , , first = '', , , , second = '', third = ''] = batch.argv;
  const pid = (file: string) => Number(file.split('/')[2]);

  it('begins behind its own arguments: the first process is not lost', () => {
    expect(unbatch(batch).map(({ argv }) => argv)).toEqual([
      processArgv(pid(first), 'command'),
      processArgv(99999, 'command'),
      processArgv(pid(second), 'state'),
      processArgv(pid(third), 'command'),
    ]);
    expect(ended(unbatch(batch)[0])).toEqual({ ...recorded('process'), exitCode: 0 });
  });

  it('tells the processes apart: one that runs, one that is not there, one that nobody waits for', () => {
    const states = unbatch(batch).map((answer) => parseProcess(ended(answer)));
    expect(states).toEqual([
      { kind: 'running', command: 'sleep 600' },
      { kind: 'none' },
      { kind: 'running', command: '' },
      { kind: 'ended' },
    ]);
  });

  it('gives nothing of records of which the last was cut off', () => {
    const parts = unbatch({ ...batch, stdout: batch.stdout.slice(0, -3), stderr: '' });
    expect(parts).toEqual([]);
  });

  it('lets no process stand without the word of a grep that was killed', () => {
    const killed = { ...batch, exitCode: 137, stderr: '' };
    for (const part of unbatch(killed)) expect(ended(part).exitCode).toBe(137);
    expect(partOf(killed, processArgv(99999, 'command'))).toBeUndefined();
  });
});

describe('a stat of several files', () => {
  const batch = recorded('identity-batch');

  it('gives each file its line, and its complaint', () => {
    const own = partOf(batch, identityArgv('/run/netns/pod-a'));
    expect(ended(own)).toEqual({ ...recorded('identity'), exitCode: 0 });
    const gone = ended(partOf(batch, identityArgv('/proc/99999/ns/net')));
    expect(gone).toMatchObject({ exitCode: 1, stdout: '' });
    expect(() => parseIdentity(gone)).toThrow('No such file or directory');
    expect(ended(partOf(batch, identityArgv('/proc/self/ns/net'))).exitCode).toBe(0);
  });

  it('says of a missing tool that it is missing, for each file', () => {
    const missing: Answer = { kind: 'missing', tool: 'stat', argv: batch.argv };
    expect(unbatch(missing)).toHaveLength(5);
    expect(partOf(missing, identityArgv('/run/netns/pod-a'))).toMatchObject({
      kind: 'missing',
      tool: 'stat',
    });
  });

  it('takes no file for another one whose path ends like it', () => {
    const text = '4 1 /other/run/netns/pod-a\n';
    expect(partOf({ ...batch, stdout: text, stderr: '' }, identityArgv('/run/netns/pod-a'))).toBeUndefined();
  });
});

describe('an ls of several folders', () => {
  const batch = recorded('folders');
  const names = (path: string, answer: Ended = batch) =>
    parseDirectory(ended(partOf(answer, directoryArgv(path))));

  it('gives each folder the names in it', () => {
    expect(names('/etc/cni/net.d')).toEqual(parseDirectory(recorded('configuration-folder')));
    expect(names('/var/lib/cni/networks/bridge')).toEqual(parseDirectory(recorded('allocations')));
    expect(names('/var/lib/cni/results')).toEqual(parseDirectory(recorded('results')));
    expect(names('/var/lib/cni/networks')).toEqual(['bridge', 'empty']);
  });

  it('prints for each folder, byte by byte, what ls of it alone prints', () => {
    for (const name of ['configuration-folder', 'allocations', 'results']) {
      const alone = recorded(name);
      expect(ended(partOf(batch, alone.argv))).toEqual({ ...alone, exitCode: 0 });
    }
  });

  it('tells an empty folder from one that is not there, and both from one that may not be read', () => {
    expect(ended(partOf(batch, directoryArgv('/var/lib/cni/networks/empty')))).toMatchObject({
      exitCode: 0,
      stdout: '',
      stderr: '',
    });
    expect(ended(partOf(batch, directoryArgv('/run/gone')))).toMatchObject({
      exitCode: 2,
      stderr: "ls: cannot access '/run/gone': No such file or directory",
    });
    const refused = recorded('folders-not-permitted');
    expect(() => names('/var/lib/cni/results', refused)).toThrow('Permission denied');
    expect(names('/etc/cni/net.d', refused)).toEqual(names('/etc/cni/net.d'));
    expect(names('/run/gone-too', recorded('folders-gone'))).toEqual([]);
  });

  it('reads no folder out of an ls that was ended before its end', () => {
    const killed = { ...batch, exitCode: 137 };
    expect(() => names('/var/lib/cni/results', killed)).toThrow('137');
    const silent = { ...batch, stderr: '' };
    expect(() => names('/var/lib/cni/results', silent)).toThrow('ended with 2');
  });

  it('leaves out a folder that it never came to', () => {
    const part = { ...batch, stdout: batch.stdout.slice(0, batch.stdout.indexOf('/var/lib/cni/networks:')) };
    expect(partOf(part, directoryArgv('/var/lib/cni/networks'))).toBeUndefined();
    expect(
      partOf({ ...batch, stdout: batch.stdout.slice(0, -1) }, directoryArgv('/etc/cni/net.d')),
    ).toBeUndefined();
  });
});

it('leaves an answer to one question as it is', () => {
  for (const name of ['stats-veth', 'kernel', 'namespaces', 'results', 'folder-missing']) {
    expect(unbatch(recorded(name))).toEqual([recorded(name)]);
  }
});
