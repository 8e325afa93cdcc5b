import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { namedClusters, type NamedClusters } from './named-clusters.js';
import { ownIdentity } from './process-identity.js';

describe('namedClusters', () => {
  let folder: string;
  let named: NamedClusters<string>;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netclaims-state-'));
    named = namedClusters(folder);
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** What owns a record and has ended: the number is another process's. */
  const longGone = async () => ({ ...(await ownIdentity()), startTime: -1 });

  it('tells of a cluster once it is made, by name', async () => {
    const b = await named.reserve('b');
    const a = await named.reserve('a');
    expect(await named.find('a')).toBeUndefined();
    expect(await named.all()).toEqual([]);
    await a.publish('of a', await ownIdentity());
    await b.publish('of b', await ownIdentity());
    expect(await named.find('a')).toBe('of a');
    expect(await named.all()).toEqual([
      ['a', 'of a'],
      ['b', 'of b'],
    ]);
  });

  it('tells of a cluster that another version made as just that', async () => {
    await mkdir(join(folder, 'clusters'));
    const owner = await ownIdentity();
    await writeFile(join(folder, 'clusters/old.json'), JSON.stringify({ owner, entry: 'of old' }));
    await expect(named.find('old')).rejects.toMatchObject({
      code: 'cluster/other-version',
      remedy: expect.stringContaining(`kill ${owner.pid}`),
    });
    expect(await named.all()).toEqual([]);
    await expect(named.reserve('old')).rejects.toMatchObject({ code: 'usage/name-taken' });
  });

  it.each(['', '{"format":3,"own', 'null', '[]', '{}', '{"owner":{"pid":"1"}}'])(
    'names a damaged record (%j), and passes it over',
    async (text) => {
      const fine = await named.reserve('fine');
      await fine.publish('x', await ownIdentity());
      const file = join(folder, 'clusters/half.json');
      await writeFile(file, text);
      const error = {
        code: 'cluster/damaged-record',
        message: 'the record of the cluster half is damaged',
        evidence: [expect.stringContaining(`${file}: `)],
        remedy: expect.stringContaining('netclaims cluster down half'),
      };
      await expect(named.find('half')).rejects.toMatchObject(error);
      expect(await named.damaged()).toMatchObject([['half', error]]);
      expect(await named.all()).toEqual([['fine', 'x']]);
      await named.sweep(() => Promise.resolve());
      expect((await readdir(join(folder, 'clusters'))).sort()).toEqual(['fine.json', 'half.json']);
      await expect(named.reserve('half')).rejects.toMatchObject({ code: 'usage/name-taken' });
    },
  );

  it('uses no folder that others can write to', async () => {
    await chmod(folder, 0o777);
    const refused = { code: 'usage/state-folder' };
    await expect(named.reserve('a')).rejects.toMatchObject(refused);
    await expect(named.find('a')).rejects.toMatchObject(refused);
    await expect(named.all()).rejects.toMatchObject(refused);
    await expect(named.sweep(() => Promise.resolve())).rejects.toMatchObject(refused);
  });

  it('gives a name to one only', async () => {
    const reserve = async () => {
      try {
        return [await named.reserve('one')];
      } catch (error) {
        expect(error).toMatchObject({ code: 'usage/name-taken' });
        return [];
      }
    };
    const got = (await Promise.all(Array.from({ length: 10 }, reserve))).flat();
    expect(got).toHaveLength(1);
    await got[0]?.[Symbol.asyncDispose]();
    await expect(named.reserve('one')).resolves.toBeDefined();
  });

  it.each(['', '-a', 'a/b', '..', 'A', 'a'.repeat(41)])('refuses the name `%s`', async (name) => {
    await expect(named.reserve(name)).rejects.toMatchObject({ code: 'usage/bad-name' });
    expect(await named.find(name)).toBeUndefined();
  });

  it('forgets what belongs to nobody any more, and only that', async () => {
    const mine = await named.reserve('mine');
    await mine.publish('x', await ownIdentity());
    const theirs = await named.reserve('theirs');
    await theirs.publish('y', await longGone());
    await named.reserve('being-made');
    const elsewhere = await named.reserve('elsewhere');
    await elsewhere.publish('z', { ...(await longGone()), pidNamespace: 4_026_539_999 });
    const removed: string[] = [];
    await named.sweep((entry) => Promise.resolve(void removed.push(entry)));
    expect(removed).toEqual(['y']);
    expect((await readdir(join(folder, 'clusters'))).sort()).toEqual([
      'being-made.json',
      'elsewhere.json',
      'mine.json',
    ]);
  });

  it('lets only its user read', async () => {
    await named.reserve('mine');
    const { mode } = await stat(join(folder, 'clusters', 'mine.json'));
    expect(mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'clusters'))).mode & 0o777).toBe(0o700);
  });
});
