import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { quote } from 'zx/core';
import { droppedNote } from './dropped-output.js';
import { redactedMark } from './redacted-mark.js';
import { redactor } from './redact.js';

/** Numbers that look random and are the same in each run. */
const numbers = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (state >>> 8) / 8_388_608;
  };
};

const alphabet = Array.from(`abcXYZ019 '"\\$\`&<>/+=%!*()#;|~[]{}^äß😀\t`);
const secrets = Array.from({ length: 60 }, (_, seed) => {
  const next = numbers(seed + 1);
  const length = 8 + Math.floor(next() * 40);
  const text = Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)]).join('');
  return `k${text}z`;
});

const base64 = (text: string) => Buffer.from(text).toString('base64');
const bash = (line: string, ...args: readonly string[]) =>
  execFileSync('bash', ['--norc', '-c', line, 'bash', ...args], {
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' },
  }).toString();

const spellings: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  JSON: (secret) => JSON.stringify({ a: secret }),
  'JSON in JSON': (secret) => JSON.stringify(JSON.stringify({ a: secret })),
  'JSON of Go': (secret) =>
    JSON.stringify(secret).replace(/[<>&]/g, (each) => `\\u00${each.charCodeAt(0).toString(16)}`),
  'JSON in ASCII': (secret) =>
    JSON.stringify(secret).replace(
      /[^\0-\x7f]/g,
      (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  'a line to paste': (secret) => quote(`x=${secret}`),
  'single quotes': (secret) => `'${secret.replaceAll("'", `'\\''`)}'`,
  'a URL': (secret) => `http://x/?q=${encodeURIComponent(secret)}`,
  'a form': (secret) => new URLSearchParams({ q: secret }).toString().replaceAll('~', '%7E'),
  'a URL in small letters': (secret) =>
    encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
  hex: (secret) => Buffer.from(`a${secret}`).toString('hex'),
  HEX: (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  base64: base64,
  'base64 of a line': (secret) => base64(`${secret}\n`),
  'base64 of user:': (secret) => base64(`user:${secret}`),
  'base64 behind one': (secret) => base64(`a${secret} and more`),
  'base64 behind two': (secret) => base64(`ab${secret}!`),
  'base64 for URLs': (secret) => Buffer.from(`u:${secret}`).toString('base64url'),
  'base64 in lines': (secret) => base64(`${'x'.repeat(40)}${secret}`).replace(/.{64}/g, '$&\n'),
};

describe('a known secret', () => {
  it.each(Object.entries(spellings))('is taken out in this spelling: %s', (_, spell) => {
    for (const secret of secrets) {
      const redact = redactor([secret]);
      const text = `before ${spell(secret)} after`;
      const left = redact(text);
      expect(left).toContain(redactedMark);
      expect(left.startsWith('before ')).toBe(true);
      expect(left.endsWith(' after')).toBe(true);
      const spelt = spell(secret);
      const around = spell('');
      // Of what was there, nothing is left but the surroundings of the secret.
      expect(left.length).toBeLessThan(text.length - spelt.length + around.length + redactedMark.length + 70);
    }
  });

  it('is taken out as bash quotes it', () => {
    for (const secret of secrets.filter((each) => !/[^\x20-\x7e]/.test(each)).slice(0, 10)) {
      expect(redactor([secret])(bash('printf %q "$1"', secret))).toBe(redactedMark);
    }
  });

  it('is taken out where a text was cut within it, before the cut and after it', () => {
    for (const secret of secrets) {
      const redact = redactor([secret]);
      expect(redact(`x ${secret.slice(0, 7)}…`)).toBe(`x ${redactedMark}…`);
      expect(redact(`…${secret.slice(-7)} x`)).toBe(`…${redactedMark} x`);
      const note = droppedNote(9);
      expect(redact(`${secret.slice(0, 7)}${note}${secret.slice(-7)}`)).toBe(
        `${redactedMark}${note}${redactedMark}`,
      );
    }
  });

  it('takes no longer than the text is long, whatever it is made of', () => {
    const secret = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab';
    const redact = redactor([secret, 's3cr3t-V4lue', 'x'.repeat(5_000)]);
    for (const part of ['a', '…', 'aaaaaa…', 'YWFh', '…s3cr3t', 's3cr3t…', 'xxxxxx', '\n', 'ä']) {
      const began = performance.now();
      redact(part.repeat(2_000_000 / part.length));
      expect(performance.now() - began).toBeLessThan(10_000);
    }
  });
});
