import { describe, expect, it } from '@jest/globals';
import { redactedMark, redactor } from './redact.js';
import { redactTexts } from './redact-texts.js';

const redact = redactor();

/** What must not be left of a text, by what it is. */
const secret = 's3cr3t-V4lue';

const pem = (kind: string) =>
  `-----BEGIN ${kind}PRIVATE KEY-----\nMIIEvgIBADANBgkqhkiG9w0BAQEFAASC\nMIIEvQ==\n-----END ${kind}PRIVATE KEY-----`;

const pgp = (kind: string) => `-----BEGIN PGP ${kind}-----\n\nlQOYBF\n=abcd\n-----END PGP ${kind}-----`;
const age = `AGE-SECRET-KEY-1${'QPZRY9X8'.repeat(7)}`;

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzeXN0ZW0ifQ.c2lnbmF0dXJl_Og-x';

describe('what looks like a secret', () => {
  it.each([
    [
      'a line of env',
      `DB_PASSWORD=${secret} with spaces\nPATH=/bin`,
      `DB_PASSWORD=${redactedMark}\nPATH=/bin`,
    ],
    ['the environment of a process', `A=1\0API_KEY=${secret}\0B=2`, `A=1\0API_KEY=${redactedMark}\0B=2`],
    ['YAML', `token: ${secret}\nname: x`, `token: ${redactedMark}\nname: x`],
    ['a block of YAML', `secret: |\n  ${secret}\n  more\nname: x`, `secret: ${redactedMark}\nname: x`],
    ['YAML in single quotes', `password: 'it''s ${secret}' # x`, `password: '${redactedMark}' # x`],
    ['JSON', `{"password":"a\\"${secret}","x":1}`, `{"password":"${redactedMark}","x":1}`],
    [
      'JSON in JSON',
      `"{\\"password\\":\\"${secret}\\",\\"x\\":1}"`,
      `"{\\"password\\":\\"${redactedMark}\\",\\"x\\":1}"`,
    ],
    [
      'a value in a report',
      `"DB_PASSWORD=${secret}\\nPATH=/bin"`,
      `"DB_PASSWORD=${redactedMark}\\nPATH=/bin"`,
    ],
    ['JSON that was cut', `{"client_secret": "${secret}`, `{"client_secret": "${redactedMark}`],
    [
      'a variable of Kubernetes',
      `- name: A_TOKEN\n  value: ${secret}\n`,
      `- name: A_TOKEN\n  value: ${redactedMark}\n`,
    ],
    [
      'a variable of containerd',
      `{"key":"A_TOKEN","value":"${secret}"}`,
      `{"key":"A_TOKEN","value":"${redactedMark}"}`,
    ],
    ['an option', `curl --auth-token ${secret} --fail`, `curl --auth-token ${redactedMark} --fail`],
    ['a coloured log', `\x1b[36mtoken=\x1b[0m${secret} x`, `\x1b[36mtoken=\x1b[0m${redactedMark} x`],
    ['a header', `authorization: Basic ${secret}\r\nHost: x`, `authorization: ${redactedMark}\r\nHost: x`],
    ['a bearer', `sent Bearer ${secret}.`, `sent Bearer ${redactedMark}`],
    ['a URL', `postgres://me:${secret}@db:5432/x`, `postgres://me:${redactedMark}@db:5432/x`],
    ['a query', `GET /x?access_token=${secret} 200`, `GET /x?access_token=${redactedMark} 200`],
    ['a service account', `it says ${jwt} here`, `it says ${redactedMark} here`],
    ['a bare Basic', `sent Basic dXNlcjpwYXNzd29yZA== to it`, `sent Basic ${redactedMark} to it`],
    ['a token in a URL', 'clone https://0123456789abcdef@host/x', `clone https://${redactedMark}@host/x`],
    ['a key of PGP', pgp('PRIVATE KEY BLOCK'), redactedMark],
    ['a key of age', `x ${age} y`, `x ${redactedMark} y`],
    [
      'netrc',
      `machine h login me password ${secret}\nmachine i`,
      `machine h login me password ${redactedMark}\nmachine i`,
    ],
    ['netrc on lines', `login me\n  password ${secret}`, `login me\n  password ${redactedMark}`],
    ['curl', `curl -fsS -u me:${secret} http://x`, `curl -fsS -u me:${redactedMark} http://x`],
    ['curl with a long option', `curl --user 'me:${secret}' x`, `curl --user 'me:${redactedMark}' x`],
    [
      "Docker's file",
      `{"auths":{"h":{"auth":"bWU6cGFzcw=="}}}`,
      `{"auths":{"h":{"auth":"${redactedMark}"}}}`,
    ],
    [
      "Docker's file in JSON",
      `"{\\"auths\\":{\\"h\\":{\\"auth\\":\\"bWU6cGFzcw==\\"}}}"`,
      `"{\\"auths\\":{\\"h\\":{\\"auth\\":\\"${redactedMark}\\"}}}"`,
    ],
    [
      'a hook of Slack',
      'POST https://hooks.slack.com/services/T0/B0/abcDEF123',
      `POST https://hooks.slack.com/services/${redactedMark}`,
    ],
    ...['hvs.', 'hvb.', 'sk-', 'sk-proj-', 'dckr_pat_', 'dckr_oat_', 'ya29.', 'ghp_', 'xoxb-', 'pypi-'].map(
      (start) =>
        [`a token ${start}`, `it is ${start}${'aB3'.repeat(9)} here`, `it is ${redactedMark} here`] as const,
    ),
    ['a token SG.', `it is SG.${'aB3'.repeat(7)}.${'aB3'.repeat(7)} here`, `it is ${redactedMark} here`],
    ['a token of kubeadm', 'join --x abcdef.0123456789abcdef', `join --x ${redactedMark}`],
    ['a key', `a\n${pem('RSA ')}\nb`, `a\n${redactedMark}\nb`],
    ['a key that was cut', `a\n${pem('').slice(0, 50)}`, `a\n${redactedMark}`],
    ['the end of a key', `${pem('EC ').split('\n').slice(1).join('\n')}\nb`, `${redactedMark}\nb`],
    [
      'a kubeconfig',
      `client-key-data: ${Buffer.from(pem('')).toString('base64')}\n`,
      `client-key-data: ${redactedMark}\n`,
    ],
  ])('is taken out of %s', (_, text, expected) => {
    expect(redact(text)).toBe(expected);
    expect(redact(redact(text))).toBe(expected);
  });

  it.each([
    ['a directory', 'PWD=/root OLDPWD=/'],
    ['a reference', 'secretName: web-tls, automountServiceAccountToken: true, secretKeyRef: {name: x}'],
    ['nothing', 'password: ""\ntoken: null\npassword=<none>'],
    ['a comparison', 'probes.x.token == probes.y.token'],
    [
      'identifiers',
      'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 02:42:ac:11:00:02 fe80::1%eth0',
    ],
    ['a structure', '{"token":{"ttl":3}}'],
    ['an address', 'http://[fd00::1]:8080/user@example.com'],
    ['a user', 'ssh://git@host/x https://me@host/'],
    ['prose', 'basic authentication, the user logs in; a task-force; login shell and password prompt'],
  ])('is not seen in %s', (_, text) => {
    expect(redact(text)).toBe(text);
  });
});

describe('what is known to be secret', () => {
  const known = redactor([secret, 'on', 'first line of it is long\nsecond line of it is long']);

  it.each([
    ['as it is', `said ${secret}!`],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in a URL', encodeURIComponent(secret)],
    ['cut by a report', `"it is ${secret.slice(0, 8)}…`],
    ['one of its lines', '> second line of it is long'],
  ])('is taken out wherever it stands: %s', (_, text) => {
    expect(known(text)).toContain(redactedMark);
    expect(known(text)).not.toContain(secret.slice(0, 8));
  });

  it('is not when it is as short as any word', () => {
    expect(known('it is on')).toBe('it is on');
  });
});

describe('hostile text', () => {
  const long = 1_000_000;
  it.each(
    [
      ...[
        'a',
        '-',
        '\\',
        ' ',
        '\n',
        '"',
        'token',
        'token="',
        'token:\\"',
        'token: |\n',
        'name: ',
        'name:token,',
      ],
      ...[
        '://a:',
        ' --a',
        '-----BEGIN PRIVATE KEY-----',
        '-----END PRIVATE KEY-----',
        'eyJaaaaaaaaaa.',
        '\x1b[0m',
        'A_PASSWORD',
      ],
    ].map((part) => [part]),
  )('takes no longer than it is long: %j', (part) => {
    const text = part.repeat(long / part.length);
    const began = performance.now();
    redact(text);
    // A time that grew with its square would be hours; a busy machine has its part in this.
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('stays text that is as broken as before', () => {
    expect(redact('\ud800 token=\udfff…')).toBe(`\ud800 token=${redactedMark}`);
  });
});

describe('data', () => {
  it('keeps its shape, and is the same where there is nothing to take out', () => {
    const clean = { a: ['x', { b: 1, c: null }] };
    expect(redactTexts(clean, redact)).toBe(clean);
    const data = { clean, dirty: [`token=${secret}`], argv: ['curl', '--token', 'x', 'y'] };
    const found = redactTexts(data, redact);
    expect(found).toEqual({
      clean,
      dirty: [`token=${redactedMark}`],
      argv: ['curl', '--token', redactedMark, 'y'],
    });
    expect(found.clean).toBe(clean);
  });
});
