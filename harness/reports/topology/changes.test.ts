import { describe, expect, it } from '@jest/globals';
import { observationOf, nodeOf, podOf, twoPods } from '../golden/world.js';
import { changesBetween } from './changes.js';
import { topologyOf } from './topology-of.js';

const told = (...args: Parameters<typeof changesBetween>) =>
  changesBetween(...args).map((change) => `${change.kind} ${change.thing.id}`);

describe('changesBetween', () => {
  it('is empty for the same', () => {
    expect(changesBetween(topologyOf(twoPods), topologyOf(twoPods))).toEqual([]);
  });

  it('tells what is new, what is gone and what changed in which fact', () => {
    const container = { id: 'b', pid: 7, image: '', restarts: 1, state: 'running', netns: { inode: 100 } };
    const before = topologyOf(observationOf('before', [podOf('web', 100), podOf('old', 200)], nodeOf([])));
    const after = topologyOf(
      observationOf(
        'after',
        [podOf('web', 100, { containers: { app: container } }), podOf('young', 300)],
        nodeOf([]),
      ),
    );
    expect(told(before, after)).toEqual([
      'changed container/web/app',
      ...['new netns/pod/young', 'new pause/young', 'new container/young/app'],
      ...['gone netns/pod/old', 'gone pause/old', 'gone container/old/app'],
    ]);
    expect(changesBetween(before, after)[0]).toMatchObject({
      facts: [
        { name: 'pid', before: '101', after: '7' },
        { name: 'restarts', before: '0', after: '1' },
        { name: 'id', before: 'id-web', after: 'b' },
      ],
    });
  });

  it('sees an inode that changed under the same name', () => {
    const at = (inode: number) => topologyOf(observationOf('o', [podOf('web', inode)], nodeOf([])));
    expect(told(at(100), at(101))).toContain('changed netns/pod/web');
  });
});
