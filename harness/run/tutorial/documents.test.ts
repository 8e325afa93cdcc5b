import { describe, expect, it } from '@jest/globals';
import type { CommandResult } from '../../domain/cluster.js';
import { NetclaimsError } from '../../domain/error.js';
import { firmGround } from '../../domain/ground.js';
import { readDocument } from '../../tutorial/markdown/read-document.js';
import { planDocument } from '../../tutorial/plan/plan-document.js';
import { fakeCluster, fakeGround } from '../testing/fake-cluster.js';
import { runTutorials } from './run-tutorials.js';

const hangs = Symbol('does not end');

/** What commands answer: by a part of their argv, what they print, or how they end. */
type Answers = Readonly<Record<string, string | Partial<CommandResult> | typeof hangs>>;

const late = () => new NetclaimsError({ code: 'probe/timeout', what: '`it` did not end within 50 ms' });

const check = async (text: string, answers: Answers = {}, ground = firmGround) => {
  const { document, problems } = readDocument('docs/t.md', text);
  const { plan, problems: more } = planDocument(document);
  expect([...problems, ...more]).toEqual([]);
  const answerTo = (call: string): Promise<CommandResult | undefined> => {
    // The longest part that fits speaks for a call.
    const [found] = Object.keys(answers)
      .filter((part) => call.includes(part))
      .sort((a, b) => b.length - a.length);
    const answer = answers[found ?? ''];
    if (answer === hangs) return Promise.reject(late());
    const ended = { exitCode: 0, stdout: '', stderr: '' };
    if (answer === undefined) return Promise.resolve(undefined);
    return Promise.resolve(
      typeof answer === 'string' ? { ...ended, stdout: answer } : { ...ended, ...answer },
    );
  };
  const cluster = fakeCluster({ intercept: answerTo, ground });
  const notHere = () => Promise.reject(new Error('nothing is run on this machine'));
  const machine = { shell: { exec: notHere, replay: () => '' }, allowed: false, options: [] };
  const report = await runTutorials(
    [plan],
    cluster,
    { version: '1', token: 't', machine },
    new AbortController().signal,
  );
  expect(cluster.open).toEqual([]);
  const expectations = report.scenarios.flatMap((section) => section.expectations);
  return {
    report,
    calls: cluster.calls,
    expectations,
    verdicts: expectations.map(({ line, verdict }) => `${line ?? '?'} ${verdict}`),
    because: expectations.map((one) => one.because),
    values: expectations.map((one) => one.values.map(({ expression, value }) => `${expression}: ${value}`)),
  };
};

const text = (...lines: readonly string[]) => `${lines.join('\n')}\n`;
const sh = (command: string, ...more: readonly string[]) => text('```sh', command, '```', ...more);
const printing = (command: string, ...output: readonly string[]) => sh(command, '', '```', ...output, '```');

const link =
  '2: eth0@if7: <UP> mtu 1500\n    link/ether 0a:58:0a:f4:00:02\n    inet 10.88.0.17/24 scope global eth0\n';
const documentedLink = [
  '3: eth0@if12: <UP> mtu 1500',
  '    link/ether 4e:2a:11:22:33:44',
  '    inet 10.244.0.5/24 scope global eth0',
];

const pod = [
  'apiVersion: v1',
  'kind: Pod',
  'metadata: {name: web}',
  'spec: {containers: [{name: main, image: nginx}]}',
];
const manifest = text('```yaml', ...pod, '```');

describe('a document whose ground is lost', () => {
  it('is unknown as a whole, also what had held by then', async () => {
    const { ground, end } = fakeGround();
    const commands = sh('crictl a') + sh('crictl b');
    expect((await check(commands, {}, ground)).verdicts).toEqual(['2 holds', '5 holds']);
    end();
    const { verdicts, because, report } = await check(commands, {}, ground);
    expect(verdicts).toEqual(['2 unknown', '5 unknown']);
    expect(because[0]).toContain('the router is lost');
    expect(report.scenarios[0]?.failure).toMatchObject({ code: 'cluster/ground-lost' });
  });
});

describe('a command', () => {
  it('that ends with 0 holds, at its line', async () => {
    expect((await check(text('# T', '', 'text', '', sh('ip link')))).verdicts).toEqual(['6 holds']);
  });

  it('that prints the namespace of the document, which stands for `default`', async () => {
    const resolver = (namespace: string) => `search ${namespace}.svc.cluster.local`;
    const document = printing('cat /etc/resolv.conf', resolver('default'));
    const printed = (namespace: string) => check(document, { 'resolv.conf': `${resolver(namespace)}\n` });
    expect((await printed('netclaims-t-t-1')).verdicts).toEqual(['2 holds']);
    for (const other of ['netclaims-t-t-10', 'x-netclaims-t-t-1', 'web'])
      expect((await printed(other)).verdicts).toEqual(['2 refuted']);
  });

  it('that is broken is refuted, with what it said', async () => {
    const { verdicts, because } = await check(sh('ip lnk'), {
      'ip lnk': { exitCode: 1, stderr: 'Object "lnk" is unknown.\n' },
    });
    expect(verdicts).toEqual(['2 refuted']);
    expect(because).toEqual(['ends with 1: Object "lnk" is unknown.']);
  });

  it('that is not installed is unknown', async () => {
    const cannot = new NetclaimsError({ code: 'probe/not-started', what: '`lsns` could not be started' });
    const { document } = readDocument('t.md', sh('lsns'));
    const cluster = fakeCluster({
      intercept: (call) => (call.includes('lsns') ? Promise.reject(cannot) : Promise.resolve(undefined)),
    });
    const machine = {
      shell: { exec: () => Promise.reject(cannot), replay: () => '' },
      allowed: false,
      options: [],
    };
    const { totals, scenarios } = await runTutorials(
      [planDocument(document).plan],
      cluster,
      { version: '1', machine },
      new AbortController().signal,
    );
    expect(totals).toMatchObject({ unknown: 1 });
    expect(scenarios[0]?.expectations[0]?.because).toBe('`lsns` could not be started');
  });

  it('that hangs is unknown, and those behind it are run', async () => {
    const { verdicts, because } = await check(sh('tail -f x\nip link'), { 'tail -f': hangs });
    expect(verdicts).toEqual(['2 unknown', '3 holds']);
    expect(because[0]).toContain('did not end within');
  });

  it('that must fail is refuted when it does not', async () => {
    const failing = sh('ping -c1 10.0.0.9').replace('```sh', '```sh expect-fail');
    expect((await check(failing, { ping: { exitCode: 1 } })).verdicts).toEqual(['2 holds']);
    const { verdicts, because } = await check(failing);
    expect(verdicts).toEqual(['2 refuted']);
    expect(because).toEqual(['ends with 0, and is expected to fail']);
  });

  it('is root’s, without a sudo that need not be there', async () => {
    const { calls } = await check(sh('sudo ip link | sudo grep a'));
    expect(calls).toContain('node node-1 sh -c ip link | grep a');
  });

  it('is one with its continuations, and is run by the shell that it was written for', async () => {
    const { verdicts, calls } = await check(
      text('```bash', '# why', 'for i in 1 2; do', '  echo $i', 'done', '```'),
    );
    expect(verdicts).toEqual(['3 holds']);
    expect(calls).toContain('node node-1 bash -c for i in 1 2; do\n  echo $i\ndone');
  });

  it('that is cut off in the middle is refuted where that begins', async () => {
    const { verdicts, because } = await check(sh('ip link\necho "a'));
    expect(verdicts).toEqual(['3 refuted']);
    expect(because[0]).toContain('does not end');
  });
});

describe('an output', () => {
  it('that is right but for addresses holds', async () => {
    expect((await check(printing('ip addr', ...documentedLink), { 'ip addr': link })).verdicts).toEqual([
      '2 holds',
    ]);
  });

  it('that is stale is refuted, with a difference at its lines', async () => {
    const { verdicts, because, values } = await check(printing('ip addr', ...documentedLink), {
      'ip addr': link.replace('1500', '1450'),
    });
    expect(verdicts).toEqual(['2 refuted']);
    expect(because).toEqual(['prints something else than the document shows']);
    expect(values[0]).toEqual([
      '- 6: <ifindex>: eth0@if<ifindex>: <UP> mtu 1500',
      '+: <ifindex>: eth0@if<ifindex>: <UP> mtu 1450',
      '= 7: link/ether <mac 1>',
      '= 8: inet <ip 1>/24 scope global eth0',
    ]);
  });

  it('must have one address for one address, also in another block', async () => {
    const both = printing('ip addr', 'inet 10.0.0.5') + printing('ip route', 'via 10.0.0.5');
    expect(
      (await check(both, { 'ip addr': 'inet 10.9.9.9\n', 'ip route': 'via 10.9.9.9\n' })).verdicts,
    ).toEqual(['2 holds', '9 holds']);
    const other = await check(both, { 'ip addr': 'inet 10.9.9.9\n', 'ip route': 'via 10.9.9.8\n' });
    expect(other.verdicts).toEqual(['2 holds', '9 refuted']);
  });

  it('must have the address that the document gave', async () => {
    const given = printing('ip addr add 10.1.1.1/24 dev a; ip addr', 'inet 10.1.1.1/24');
    expect((await check(given, { 'ip addr': 'inet 10.1.1.1/24\n', 'ip addr add': '' })).verdicts).toEqual([
      '2 holds',
      '2 holds',
    ]);
    expect((await check(given, { 'ip addr': 'inet 10.1.1.2/24\n', 'ip addr add': '' })).verdicts).toEqual([
      '2 holds',
      '2 refuted',
    ]);
  });

  it('is of all commands of its block together', async () => {
    const { verdicts } = await check(printing('echo a\necho b', 'a', 'b'), {
      'echo a': 'a\n',
      'echo b': 'b\n',
    });
    expect(verdicts).toEqual(['2 holds', '3 holds']);
  });

  it('may leave lines out', async () => {
    const { verdicts } = await check(printing('ip link', '1: lo', '...', '9: z'), {
      'ip link': '1: lo\n2: a\n9: z\n',
    });
    expect(verdicts).toEqual(['2 holds']);
  });

  it('may be of a command that fails, as a terminal shows it', async () => {
    const failing = printing('ls x', "ls: cannot access 'x'");
    expect(
      (await check(failing, { 'ls x': { exitCode: 2, stderr: "ls: cannot access 'x'\n" } })).verdicts,
    ).toEqual(['2 holds']);
  });

  it('that is shown as empty has no error in it either', async () => {
    const empty = printing('ls x');
    expect((await check(empty)).verdicts).toEqual(['2 holds']);
    const answers = { 'ls x': { exitCode: 2, stderr: 'no\n' } };
    expect((await check(empty, answers)).verdicts).toEqual(['2 refuted']);
  });

  it('behind a sentence is none, but behind an introduction it is', async () => {
    const output = ['', '```', 'b', '```'];
    expect((await check(sh('a', 'Then.', ...output))).verdicts).toEqual(['2 holds', '7 not-applicable']);
    expect((await check(sh('a', 'It prints:', ...output))).verdicts).toEqual(['2 refuted']);
    expect((await check(sh('a', 'Then.', '', '```text output', 'b', '```'))).verdicts).toEqual(['2 refuted']);
  });
});

describe('a copy of a terminal', () => {
  it('has commands and outputs in one block, each at its line', async () => {
    const { verdicts, calls } = await check(
      text('```console', '$ echo a \\', '>   b', 'a b', 'root@node:~# echo c', 'd', '```'),
      { 'echo a': 'a b\n', 'echo c': 'c\n' },
    );
    expect(verdicts).toEqual(['2 holds', '5 refuted']);
    expect(calls).toContain('node node-1 sh -c echo a \\\n  b');
  });

  it('is known without a language as well', async () => {
    expect((await check(text('```', '$ echo a', 'b', '```'), { 'echo a': 'a\n' })).verdicts).toEqual([
      '2 refuted',
    ]);
  });
});

describe('a place', () => {
  it('is the pod or the node that the author names', async () => {
    const { calls, verdicts } = await check(
      manifest +
        sh('ip addr').replace('```sh', '```sh pod=web') +
        sh('ip link').replace('```sh', '```sh node=node-1'),
    );
    expect(verdicts).toEqual(['2 holds', '8 holds', '11 holds']);
    expect(calls).toEqual(
      expect.arrayContaining(['exec netclaims-t-t-1 web/main sh -c ip addr', 'node node-1 sh -c ip link']),
    );
  });

  it('that does not exist makes its commands unknown', async () => {
    const { verdicts, because } = await check(
      sh('ip addr').replace('```sh', '```sh pod=nope') + sh('a').replace('```sh', '```sh node=n9'),
    );
    expect(verdicts).toEqual(['2 unknown', '5 unknown']);
    expect(because).toEqual([
      expect.stringContaining('there is no pod nope'),
      expect.stringContaining('there is no node n9'),
    ]);
  });

  it('on the machine itself is left alone', async () => {
    const { verdicts, because } = await check(
      sh('docker ps\nkind create cluster\nsudo apt-get install x') + sh('ls').replace('```sh', '```sh host'),
    );
    expect(verdicts).toEqual([
      '2 not-applicable',
      '3 not-applicable',
      '4 not-applicable',
      '7 not-applicable',
    ]);
    expect(because[0]).toContain('--allow-host');
  });
});

describe('kubectl without a Kubernetes API', () => {
  it('is answered from the pods, without a terminal', async () => {
    const { verdicts, calls } = await check(
      manifest +
        sh(
          'kubectl run nginx --image=nginx\nkubectl exec -it web -- ip addr\nkubectl get pods\nkubectl delete pod nginx',
        ),
      { 'ip addr': link },
    );
    expect(verdicts).toEqual(['2 holds', '8 holds', '9 holds', '10 holds', '11 holds']);
    expect(calls).toEqual(
      expect.arrayContaining([
        'apply netclaims-t-t-1 web',
        'apply netclaims-t-t-1 nginx',
        'exec netclaims-t-t-1 web/main ip addr',
        'delete netclaims-t-t-1 Pod nginx',
      ]),
    );
  });

  it('prints what kubectl does', async () => {
    const { verdicts } = await check(
      manifest +
        printing(
          'kubectl get pods',
          'NAME   READY   STATUS    RESTARTS   AGE',
          'web    1/1     Running   0          5m',
        ),
    );
    expect(verdicts).toEqual(['2 holds', '8 holds']);
    const stale = await check(
      manifest +
        printing(
          'kubectl get pods',
          'NAME   READY   STATUS    RESTARTS   AGE',
          'web    2/2     Running   0          5m',
        ),
    );
    expect(stale.verdicts).toEqual(['2 holds', '8 refuted']);
  });

  it('applies what the reader is to save, and here-documents, once', async () => {
    const { verdicts, calls } = await check(
      manifest + printing('kubectl apply -f web.yaml', 'pod/web created'),
    );
    expect(verdicts).toEqual(['2 not-applicable', '8 holds']);
    expect(calls.filter((call) => call.startsWith('apply'))).toHaveLength(1);
    const here = await check(sh(["cat <<'EOF' | kubectl apply -f -", ...pod, 'EOF', 'ip link'].join('\n')));
    expect(here.verdicts).toEqual(['2 holds', '8 holds']);
    expect(here.calls).toContain('apply netclaims-t-t-1 web');
  });

  it('refuses what it cannot answer, with the reason', async () => {
    const { verdicts, because } = await check(
      sh(
        'kubectl get services\nkubectl logs web\nkubectl get pods -A\nA=$(kubectl get pods)\nkubectl apply -f https://example.org/x.yaml',
      ),
    );
    expect(verdicts).toEqual([
      '2 not-applicable',
      '3 not-applicable',
      '4 not-applicable',
      '5 not-applicable',
      '6 not-applicable',
    ]);
    expect(because[1]).toContain('`kubectl logs` needs a Kubernetes API');
  });

  it('prints the answers of kubectl 1.37 about two containers, a namespace, and a pod that exists', async () => {
    const two = text(
      '```yaml file=two.yaml',
      ...pod.slice(0, 3),
      'spec: {containers: [{name: main, image: nginx}, {name: shell, image: busybox}]}',
      '```',
    );
    const { expectations } = await check(
      two +
        printing('kubectl apply -f two.yaml', 'pod/web created') +
        printing(
          'kubectl create -f two.yaml',
          'Error from server (AlreadyExists): error when creating "two.yaml": pods "web" already exists',
        ) +
        printing('kubectl exec web -- hostname', 'Defaulted container "main" out of: main, shell', 'web') +
        printing('kubectl exec web -c shell -- hostname', 'web') +
        printing(
          'kubectl exec web -c db -- hostname',
          'error: container db is not valid for pod web out of: main, shell',
        ) +
        printing('kubectl delete pod web', 'pod "web" deleted from default namespace'),
      { hostname: 'web\n' },
    );
    expect(expectations.map(({ verdict, because }) => because || verdict)).toEqual([
      'a later command has it for a file',
      ...['holds', 'holds', 'holds', 'holds', 'holds', 'holds'],
    ]);
  });

  it('answers for the pods that are there, and then names those that are not', async () => {
    const { expectations, calls } = await check(
      manifest +
        printing(
          'kubectl get pods nope web -o name',
          'pod/web',
          'Error from server (NotFound): pods "nope" not found',
        ) +
        printing(
          'kubectl wait --for=condition=Ready pod/nope pod/web',
          'pod/web condition met',
          'Error from server (NotFound): pods "nope" not found',
        ) +
        printing(
          'kubectl delete pod nope web',
          'pod "web" deleted from default namespace',
          'Error from server (NotFound): pods "nope" not found',
        ),
    );
    expect(expectations.map(({ verdict, because }) => because || verdict)).toEqual([
      ...['holds', 'holds', 'holds', 'holds'],
    ]);
    expect(calls).toContain('delete netclaims-t-t-1 Pod web');
  });

  it('says of a pod that is not there what kubectl says', async () => {
    const { verdicts, because } = await check(sh('kubectl exec nope -- ls'));
    expect(verdicts).toEqual(['2 refuted']);
    expect(because[0]).toContain('pods "nope" not found');
  });
});

describe('a placeholder', () => {
  const namespaces = '4026532281 mnt 3 4711 root nginx: master\n4026532283 pid 3 4711 root nginx: master\n';

  it('is bound to what an output above has', async () => {
    const { verdicts, calls, values } = await check(sh('lsns | grep nginx\n\n# Use it\nlsns -p <pid>'), {
      'grep nginx': namespaces,
    });
    expect(verdicts).toEqual(['2 holds', '5 holds']);
    expect(calls).toContain('node node-1 sh -c lsns -p 4711');
    expect(values[1]).toEqual(['<pid>: 4711 (from the output of line 2)']);
  });

  it('that nothing gives makes its command unknown, which is not run', async () => {
    const { verdicts, because, calls } = await check(sh('lsns -p <pid>'));
    expect(verdicts).toEqual(['2 unknown']);
    expect(because).toEqual(['nothing above gives <pid>']);
    expect(calls.some((call) => call.includes('lsns'))).toBe(false);
  });

  it('is an address of the document as well, once an output has shown what it stands for', async () => {
    const { calls } = await check(printing('ip addr', 'inet 10.0.0.5') + sh('ping -c1 10.0.0.5'), {
      'ip addr': 'inet 10.9.9.9\n',
    });
    expect(calls).toContain('node node-1 sh -c ping -c1 10.9.9.9');
  });
});

describe('what is there instead', () => {
  const links = '1: lo: <UP>\n4: vethff00aa11@if2: <UP>\n';

  it('is shown where a grep finds nothing', async () => {
    const { verdicts, because, values } = await check(sh('ip link show\nip link show | grep cali'), {
      'ip link show': links,
      'show | grep cali': { exitCode: 1 },
    });
    expect(verdicts).toEqual(['2 holds', '3 refuted']);
    expect(because[1]).toBe('ends with 1: it printed nothing');
    expect(values[1]).toEqual([
      'instead: line 2, `ip link show`, has',
      ': 1: lo: <UP>',
      ': 4: vethff00aa11@if2: <UP>',
    ]);
  });

  it('is looked for where nothing above has shown it, if that only reads', async () => {
    const answers = { 'ip link show': links, 'show | grep cali': { exitCode: 1 } };
    expect((await check(sh('ip link show | grep cali'), answers)).values[0]).toContain(': 1: lo: <UP>');
    const { calls } = await check(sh('rm x | grep cali'), answers);
    expect(calls.filter((call) => call.includes('rm x'))).toHaveLength(1);
  });

  it('is the links that there are, where one is named that is not', async () => {
    const { values } = await check(sh('ip link show\nsudo ethtool -S caliede2c6f02d9'), {
      'ip link show': links,
      ethtool: { exitCode: 71, stderr: 'no stats available\n' },
    });
    expect(values[1]).toEqual(['instead: line 2, `ip link show`, has', ': lo', ': vethff00aa11']);
  });
});

describe('a block', () => {
  it('in an unknown language, or of text, is not run', async () => {
    const { verdicts, because } = await check(
      text('```python', 'print(1)', '```', 'Text.', '```', 'a picture', '```', '', '```yaml', 'a: 1', '```'),
    );
    expect(verdicts).toEqual(['2 not-applicable', '6 not-applicable', '10 not-applicable']);
    expect(because).toEqual([
      'it is in python, which is not run here',
      'it is text that no command above it prints',
      'it is no Kubernetes object: it has no `apiVersion` and `kind`',
    ]);
  });

  it('that its author skips is shown as such, with its output', async () => {
    const { verdicts, because, calls } = await check(
      printing('reboot', 'gone').replace('```sh', '```sh skip="too much"'),
    );
    expect(verdicts).toEqual(['2 not-applicable']);
    expect(because).toEqual(['skipped by its author: too much']);
    expect(calls.some((call) => call.includes('reboot'))).toBe(false);
  });

  it('that clears away is run last, whatever became of the others', async () => {
    const { verdicts, calls } = await check(
      sh('false', '```sh cleanup', 'ip link del a', '```', '', '```sh', 'ip link', '```'),
      {
        'sh -c false': { exitCode: 1 },
      },
    );
    expect(verdicts).toEqual(['2 refuted', '5 holds', '9 holds']);
    expect(calls.filter((call) => call.startsWith('node')).at(-1)).toContain('ip link del a');
  });

  it('in the background goes on until the end', async () => {
    const { verdicts } = await check(sh('nc -l 80').replace('```sh', '```sh background') + sh('ip link'), {
      'nc -l': { exitCode: 1, stderr: 'in use\n' },
    });
    expect(verdicts).toEqual(['2 refuted', '5 holds']);
  });

  it('with a broken manifest is refuted at its place in the document', async () => {
    const { verdicts, because } = await check(
      text('# T', '```yaml', 'apiVersion: v1', 'kind: Pod', 'metadata: {nme: x}', '```'),
    );
    expect(verdicts).toEqual(['3 refuted']);
    expect(because[0]).toContain('docs/t.md:5:1 a manifest must have `metadata.name`');
  });

  it('of a kind that the cluster has not is not for it', async () => {
    const { verdicts } = await check(
      text('```yaml', 'apiVersion: apps/v1', 'kind: Deployment', 'metadata: {name: x}', '```'),
    );
    expect(verdicts).toEqual(['2 not-applicable']);
  });
});

describe('a document', () => {
  it('has one verdict for each section, by its name and its headings', async () => {
    const { report } = await check(text('# A', sh('x'), '## B b', sh('y'), '# C', 'text'), {
      'sh -c y': { exitCode: 1 },
    });
    expect(report.scenarios.map(({ name, claim, verdict, kind }) => [name, claim, verdict, kind])).toEqual([
      ['a', 'A', 'holds', 'tutorial'],
      ['b-b', 'A › B b', 'refuted', 'tutorial'],
    ]);
  });

  it('is the same with the line ends of another system', async () => {
    const { verdicts } = await check(printing('ip addr', ...documentedLink).replaceAll('\n', '\r\n'), {
      'ip addr': link,
    });
    expect(verdicts).toEqual(['2 holds']);
  });

  it('has blocks in lists, quotations, tabs, behind HTML and front matter, at their lines', async () => {
    const { verdicts } = await check(
      text(
        '---',
        'title: x',
        '---',
        '<details>',
        '',
        '- a',
        '  - b',
        '',
        '    ```sh',
        '    x',
        '    ```',
        '',
        '</details>',
        '',
        '> ```sh',
        '> y',
        '> ```',
        '',
        '1.\ta',
        '',
        '\t```sh',
        '\tz',
        '\t```',
      ),
      { 'sh -c y': { exitCode: 1 } },
    );
    expect(verdicts).toEqual(['10 holds', '16 refuted', '22 holds']);
  });

  it('of a megabyte is read in a moment, to its last line', async () => {
    const prose = text('## Heading', '', 'Some *text* with `code`.', '', '```python', 'x', '```', '').repeat(
      20_000,
    );
    expect(prose.length).toBeGreaterThan(1_000_000);
    const { verdicts } = await check(prose + sh('ip lnk'), { 'ip lnk': { exitCode: 1 } });
    expect(verdicts).toHaveLength(20_001);
    expect(verdicts.at(-1)).toBe('160002 refuted');
  });

  it('has no secret in its report that a command printed', async () => {
    const { report } = await check(sh('env'), { env: 'API_TOKEN=0123456789abcdef\n' });
    expect(JSON.stringify(report)).not.toContain('0123456789abcdef');
  });

  it('without a command has nothing to check', async () => {
    expect((await check(text('# T', '', 'text'))).report).toMatchObject({
      scenarios: [],
      totals: { holds: 0 },
    });
  });
});
