import { describe, expect, it } from '@jest/globals';
import type { ExpressionScope } from '../domain/expression-checker.js';
import { expressionChecker } from './expression-checker.js';

const scope: ExpressionScope = {
  let: [
    { name: 'nginx', source: 'pods.nginx' },
    { name: 'eth0', source: 'nginx.link.eth0' },
    { name: 'old', source: 'before.pods.nginx' },
    { name: 'older', source: 'old.netns' },
    { name: 'bad', source: 'pods.nginx.lnks' },
    { name: 'none', source: '[]' },
  ],
  observations: ['before', 'after'],
  probes: ['fetch', 'two-words'],
};

/** The message and the text that it is about. */
const mistake = (source: string, expected: 'bool' | 'text' | 'any' = 'any') => {
  const found = expressionChecker.check(source, scope, expected);
  return found && [found.message, source.slice(found.start, found.end)];
};

describe('what fits the facts', () => {
  it.each([
    'pods.web.name == "web" && pods["two-words"].name == "x"',
    'pods.web.containers.app.pid > 0 && pods.web.containers["app"].restarts == 0',
    'before.nginx.netns.inode == after.nginx.netns.inode && nginx.hostNetwork',
    'before.eth0.peer.ifindex == after.eth0.peer.ifindex',
    'before.pods.size() == after.pods.size() && before.nodes == after.nodes && before.cluster == cluster',
    'old.ips == nginx.ips && older.inode == nginx.netns.inode',
    'probes.fetch.exitCode == 0 && probes["two-words"].stdout.contains("x")',
    'probes.fetch.json.anything.at.all',
    'has(pods.web) && has(pods["two-words"].link.eth0) && pods.all(p, has(pods[p].link.eth0))',
    'bad.anything.goes',
    'none == ["x"]',
    'pods.all(p, pods[p].links.exists(l, l.peer.where == "node" && l.mtu - 50 == 1450))',
  ])('%s', (source) => expect(mistake(source, 'bool')).toBeUndefined());
});

describe('an expression beyond every bound', () => {
  it.each([
    ['long', Array.from({ length: 50_000 }, () => 'true').join(' && '), 'longer than 20000 characters'],
    [
      'many operators',
      Array.from({ length: 1_000 }, () => 'true').join(' && '),
      'nested deeper than 250 levels',
    ],
    ['many negations', `${'!'.repeat(19_000)}true`, 'nested deeper than 250 levels'],
    ['many parentheses', `${'('.repeat(9_000)}true${')'.repeat(9_000)}`, '(250)'],
    ['many lists', `${'['.repeat(9_000)}${']'.repeat(9_000)}`, '(250)'],
  ])('is a mistake: %s', (_, source, message) => {
    expect(mistake(source, 'bool')?.[0]).toContain(message);
  });
});

it('takes no harm from names that the loader refuses', () => {
  const odd: ExpressionScope = {
    let: [
      { name: 'pods', source: '1' },
      { name: 'x', source: '1' },
      { name: 'x', source: '"one"' },
      { name: 'before', source: 'true' },
    ],
    observations: ['before', 'before', 'for', 'cluster'],
    probes: ['p', 'p'],
  };
  expect(expressionChecker.check('pods.web.name == x && before', odd, 'bool')).toBeUndefined();
});

describe('a misspelt name', () => {
  it.each([
    ['pdos.web.name', 'there is no name "pdos": did you mean "pods"?', 'pdos'],
    ['Pods.web.name', 'there is no name "Pods": did you mean "pods"?', 'Pods'],
    ['beforee.nginx', 'there is no name "beforee": did you mean "before"?', 'beforee'],
    [
      'something',
      'there is no name "something"; known: pods, nodes, cluster, probes, before, after, nginx, eth0, old, older, bad, none',
      'something',
    ],
    ['1 == 1 && pods.web.lnks == []', 'Pod has no field "lnks": did you mean "links"?', 'lnks'],
    ['pods["web"]["lnks"]', 'Pod has no field "lnks": did you mean "links"?', '"lnks"'],
    ['pods.web.link.eth0.mtuu == 1500', 'Link has no field "mtuu": did you mean "mtu"?', 'mtuu'],
    ['pods.web.netns.path.length', 'string has no field "length"', 'length'],
    ['pods.web.netns.mtu', 'NetNs has no field "mtu"; known: inode, path, nsid', 'mtu'],
    ['pods.web.links.all(l, l.nmae == "")', 'Link has no field "nmae": did you mean "name"?', 'nmae'],
    ['has(pods.web.lnks)', 'Pod has no field "lnks": did you mean "links"?', 'lnks'],
    ['before.nginxx', 'Observation has no field "nginxx": did you mean "nginx"?', 'nginxx'],
    [
      'before.old',
      'Observation has no field "old"; known: pods, nodes, cluster, nginx, eth0, bad, none',
      'old',
    ],
    [
      'before.older',
      'Observation has no field "older"; known: pods, nodes, cluster, nginx, eth0, bad, none',
      'older',
    ],
    ['probes.fetchh.stdout', 'there is no probe "fetchh": did you mean "fetch"?', 'fetchh'],
    [
      'probes.fetch.stdout.matches("a") && probes.fetch.stdout.matches("(b")',
      'invalid regular expression: missing closing ): `(b`',
      '"(b"',
    ],
    [
      'probes.fetch.stdout.matches("(?=b)")',
      'invalid regular expression: invalid or unsupported Perl syntax: `(?=`',
      '"(?=b)"',
    ],
    [
      'probes.fetch.stdout.matches(1)',
      'there is no function string.matches(int)',
      'probes.fetch.stdout.matches(1)',
    ],
    [
      'probes.fetch.stdout.MATCHES("a")',
      'there is no function "MATCHES": did you mean "matches"?',
      'MATCHES',
    ],
    ['probes.fetch.exitcode', 'Probe has no field "exitcode": did you mean "exitCode"?', 'exitcode'],
    ['pods.al(p, pods[p].hostNetwork)', 'there is no function "al": did you mean "all"?', 'al'],
    ['pods.web.name.contain("x")', 'there is no function "contain": did you mean "contains"?', 'contain'],
    ['length(pods)', 'there is no function "length"', 'length'],
  ])('%s', (source, message, at) => expect(mistake(source)).toEqual([message, at]));
});

describe('a type that does not fit', () => {
  it.each([
    [
      'pods.web.name == 1',
      'string == int is not possible: these types do not go together',
      'pods.web.name == 1',
    ],
    ['!pods.web.name', '!string is not possible: these types do not go together', '!pods.web.name'],
    ['size(1)', 'there is no function size(int)', 'size(1)'],
    ['pods.web.ips["a"]', "list index must be int, got 'string'", 'pods.web.ips["a"]'],
    [
      'has(pods["web"])',
      'has() takes a path that ends in a name, such as has(pods.web); for a key in quotes write "key" in pods',
      'pods["web"]',
    ],
    ['pods.web ? 1 : 2', "ternary condition must be bool, got 'Pod'", 'pods.web'],
  ])('%s', (source, message, at) => expect(mistake(source)).toEqual([message, at]));

  it('must be a bool where that is asked for', () => {
    expect(mistake('pods.web.name', 'bool')).toEqual([
      'this must be true or false, but it is of type string',
      'pods.web.name',
    ]);
    expect(mistake('pods.web.name', 'any')).toBeUndefined();
  });
});

describe('bad syntax', () => {
  it.each([
    ['pods.web.name = "x"', 'unexpected "=": write "=="', '='],
    ['true and false', 'unexpected "and": write "&&"', 'and'],
    ['true | false', 'unexpected "|": write "||"', '|'],
    ['true &&', 'the expression ends too early', ''],
    ['', 'the expression ends too early', ''],
    ['(true', 'expected ")", but found the end of the expression', ''],
    ['true)', 'unexpected ")"', ')'],
    ['pods.', 'expected a name, but found the end of the expression', ''],
    ['1 +* 2', 'unexpected "*"', '*'],
    ['"abc', 'unterminated string', '"abc'],
    ['if', '"if" is a word that CEL keeps for itself', 'if'],
    ['"\\q"', 'invalid escape sequence: \\q', '\\q'],
  ])('%s', (source, message, at) => expect(mistake(source)).toEqual([message, at]));
});

describe('references', () => {
  const named = (source: string) =>
    expressionChecker
      .references(source)
      .map(({ pod, container, start, end }) => [pod, container, source.slice(start, end)]);

  it('names pods and containers picked by constants', () => {
    expect(
      named(
        'pods.web.containers.app.pid == before.pods["x-y"].ips.size() && has(pods.a.containers["b"].pid)',
      ),
    ).toEqual([
      ['web', 'app', 'pods.web.containers.app'],
      ['x-y', undefined, 'before.pods["x-y"]'],
      ['a', 'b', 'pods.a.containers["b"]'],
    ]);
  });
  it('leaves out what is computed, and what is only asked for', () => {
    expect(named('pods.all(p, pods[p].links == []) && "web" in pods && nodes.n.name == "n"')).toEqual([]);
  });
  it('finds none in what is no expression', () => expect(named('pods.web &&')).toEqual([]));
});

describe('reserved names', () => {
  it.each([
    'pods',
    'nodes',
    'cluster',
    'probes',
    'in',
    'true',
    'null',
    'for',
    'int',
    'map',
    'cel',
    'constructor',
  ])('%s', (name) => expect(expressionChecker.isReserved(name)).toBe(true));
  it.each(['before', 'nginx', 'p1', 'all', 'Pod'])('not %s', (name) =>
    expect(expressionChecker.isReserved(name)).toBe(false),
  );
});

describe('what a command is given', () => {
  it.each(['nginx.ips[0]', 'eth0.mtu', 'nginx.hostNetwork', 'probes.fetch.json.anything'])('%s', (source) =>
    expect(mistake(source, 'text')).toBeUndefined(),
  );

  it('is no list', () => {
    expect(mistake('nginx.ips', 'text')).toEqual([
      'this must be a string, a number, or true or false, but it is of type list<string>',
      'nginx.ips',
    ]);
  });
});
