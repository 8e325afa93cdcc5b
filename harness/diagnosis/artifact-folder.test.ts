import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Artifact } from '../domain/artifact.js';
import { redactor } from '../domain/redact.js';
import { artifactFolder, safeName } from './artifact-folder.js';

let from: string;
beforeEach(async () => {
  from = await mkdtemp(join(tmpdir(), 'artifacts-'));
});
afterEach(async () => {
  await rm(from, { recursive: true });
});

const redact = redactor();
const own = { scenario: 'veth', control: null };
const text = (name: string, content: string, keep: Artifact['keep'] = 'beginning'): Artifact => ({
  name,
  content,
  keep,
});
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

describe('a folder of artifacts', () => {
  it('is made with the first artifact, and only its owner may read it', async () => {
    const store = await artifactFolder('out', from);
    expect(await readdir(from)).toEqual([]);
    const saved = await store.save(own, [text('pod-web', 'a'), text('x.log', 'b', 'end')], redact);
    expect(saved).toEqual({ folder: 'out/veth', files: ['pod-web.txt', 'x.log'], notes: [] });
    const folder = join(from, 'out', 'veth');
    expect(await readFile(join(folder, 'x.log'), 'utf8')).toBe('b');
    expect(await Promise.all([join(from, 'out'), folder, join(folder, 'x.log')].map(modeOf))).toEqual([
      '700',
      '700',
      '600',
    ]);
  });

  it('leaves alone whatever is there, links too', async () => {
    await mkdir(join(from, 'out', 'veth'), { recursive: true });
    await writeFile(join(from, 'out', 'veth', 'a.txt'), 'mine');
    await mkdir(join(from, 'elsewhere'));
    await symlink(join(from, 'elsewhere'), join(from, 'out', 'veth-2'));
    const store = await artifactFolder('out', from);
    const saved = await store.save(own, [text('a', 'theirs')], redact);
    expect(saved.folder).toBe('out/veth-3');
    expect(await readFile(join(from, 'out', 'veth', 'a.txt'), 'utf8')).toBe('mine');
    expect(await readdir(join(from, 'elsewhere'))).toEqual([]);
  });

  it('has safe names, each its own, whatever the artifacts are called', async () => {
    const store = await artifactFolder('out', from);
    const names = ['../../etc/passwd', '/x', '..', '', '\u001b[2J\n', 'a/b', 'A B', 'x'.repeat(300)];
    const saved = await store.save(
      { scenario: '..', control: '../../up' },
      [...names, 'a b'].map((name) => text(name, name)),
      redact,
    );
    expect(saved.folder).toBe('out/up');
    expect(await readdir(join(from, 'out'))).toEqual(['up']);
    expect(saved.files).toEqual((await readdir(join(from, 'out', 'up'))).sort());
    expect(saved.files).toHaveLength(names.length + 1);
    for (const file of saved.files) expect(file).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,110}$/);
  });

  it('takes out secrets before it cuts, and writes out what a terminal obeys', async () => {
    const store = await artifactFolder('out', from, { file: 4_096, all: 100_000 });
    const line = `password=${'s3cr3t'.repeat(2_000)}\n`;
    const log = `${'line of a log\n'.repeat(1_000)}${line}\u001b[2Jlast\n`;
    const state = `first\n${line}${'state\n'.repeat(2_000)}`;
    const saved = await store.save(own, [text('a.log', log, 'end'), text('state', state)], redact);
    expect(saved.notes).toEqual([
      expect.stringMatching(/^a\.log: the first \d+ of \d+ bytes were cut$/),
      expect.stringMatching(/^state\.txt: the last \d+ of \d+ bytes were cut$/),
    ]);
    const [read = '', other = ''] = await Promise.all(
      ['a.log', 'state.txt'].map((name) => readFile(join(from, 'out', 'veth', name), 'utf8')),
    );
    expect(read).toMatch(/^\[netclaims: the first \d+ of \d+ bytes were cut\]\nline of a log\n/);
    expect(read).toMatch(/\npassword=\[redacted-by-netclaims\]\n\\x1b\[2Jlast\n$/);
    expect(other).toMatch(/^first\npassword=\[redacted-by-netclaims\]\nstate\n/);
    expect(other).toMatch(/\nstate\n\[netclaims: the last \d+ of \d+ bytes were cut\]\n$/);
    expect(read.length).toBeLessThanOrEqual(4_096);
    expect(`${read}${other}`).not.toContain('s3cr3t');
  });

  it('ends at the limit of a run, and says what is missing', async () => {
    const store = await artifactFolder('out', from, { file: 2_000, all: 3_000 });
    const long = 'line\n'.repeat(300);
    const first = await store.save(own, [text('a', long), text('b', long)], redact);
    expect(first.files).toEqual(['a.txt', 'b.txt']);
    const second = await store.save(
      own,
      [text('c', long), { ...text('d', ''), content: Buffer.from('e') }],
      redact,
    );
    expect(second).toEqual({
      folder: 'out/veth-2',
      files: [],
      notes: [
        expect.stringMatching(/^c\.txt: not saved: of its 1500 bytes there was room for \d+$/),
        expect.stringMatching(/^d: not saved: of its 1 bytes there was room for 0$/),
      ],
    });
  });

  it('says what could not be saved, and throws nothing', async () => {
    const store = await artifactFolder('out', from);
    await writeFile(join(from, 'out'), 'in the way');
    expect(await store.save(own, [text('a', 'b')], redact)).toEqual({
      folder: '',
      files: [],
      notes: [expect.stringMatching(/^not all could be saved: .*EEXIST/)],
    });
  });

  it('is refused before a run where it cannot be one', async () => {
    await writeFile(join(from, 'file'), '');
    await expect(artifactFolder('file', from)).rejects.toThrow('artifacts cannot be saved in file');
    await expect(artifactFolder('missing/out', from)).rejects.toMatchObject({ code: 'usage/artifacts' });
  });
});

it('makes a name of anything', () => {
  expect(['a..b', '-rf', '.hidden', 'a/../b', 'ä', ''].map(safeName)).toEqual([
    'a.b',
    'rf',
    'hidden',
    'a-.-b',
    'unnamed',
    'unnamed',
  ]);
});
