import { describe, expect, it } from '@jest/globals';
import { unreadable } from '../domain/fact-types.js';
import type { PodRecord } from '../domain/pod-record.js';
import type { Answer } from './answers.js';
import { readNode } from './node-reading.js';
import { podPlace } from './pod-place.js';
import { readingsOf } from './readings.js';
import { fakeNode } from './testing/fake-node.js';
import { pausePid, recordedAnswers, recordedPod } from './testing/recorded-node.js';
import { recorded } from './testing/recorded.js';
import { unbatch } from './unbatch.js';

const answers = recordedAnswers().flatMap(unbatch);
const placeOf = (changes: Partial<PodRecord>, of: readonly Answer[] = answers) => {
  const readings = readingsOf(fakeNode('worker', []), of, 'now');
  const node = readNode('worker', readings);
  return { place: podPlace({ ...recordedPod, ...changes }, node, readings), node };
};
const namesOf = ({ place }: ReturnType<typeof placeOf>) =>
  Array.isArray(place.links) ? place.links.map(({ name }: { readonly name: string }) => name) : place.links;
const reason = (text: string) => ({ $unreadable: expect.stringContaining(text) });
const changed = (is: (answer: Answer) => boolean, change: (answer: Answer) => Answer | undefined) =>
  answers.flatMap((answer) => (is(answer) ? (change(answer) ?? []) : answer));
const isStatOf = (path: string) => (answer: Answer) =>
  answer.argv[0] === 'stat' && answer.argv.includes(path);
const isNames = ({ argv, netns }: Answer) => argv.join(' ') === 'ip -json netns list' && netns === undefined;
const saying = (stdout: string) => (answer: Answer) =>
  answer.kind === 'ended' ? { ...answer, stdout } : answer;

describe('where a pod’s links are', () => {
  it('is its own netns, known by its inode and by the node’s id for it', () => {
    const { place, node } = placeOf({});
    expect(place).toMatchObject({
      where: 'pod',
      path: 'pods.web',
      netns: '/run/netns/pod-a',
      nsid: 0,
      name: 'pod-a',
    });
    expect(namesOf({ place, node })).toEqual(['lo', 'eth0', 'toward-b']);
    expect(place.inode).not.toBe(node.place.inode);
  });

  it('is nowhere without a netns: its links are unknown, not none', () => {
    const { place } = placeOf({ netnsPath: '' });
    expect(place).toMatchObject({
      links: reason('its sandbox does not run'),
      inode: reason('no network namespace'),
    });
    expect(placeOf({ netnsPath: 'relative' }).place.links).toEqual(reason('no path to look into'));
    expect(placeOf({ netnsPath: '/a b' }).place.links).toEqual(reason('no path to look into'));
  });

  it('is not what is left of a netns: an ordinary file with an inode', () => {
    const left = changed(isStatOf('/run/netns/pod-a'), saying('235 20 /run/netns/pod-a\n'));
    expect(placeOf({}, left).place).toMatchObject({
      inode: reason('no namespace'),
      links: reason('no namespace'),
    });
  });
});

describe('where the links of a pod of the node’s network are', () => {
  const onNode = (inode: number | undefined, changes: Partial<PodRecord> = {}) => {
    const own = recorded('identity-batch').stdout.split('\n')[0]?.split(' ')[1] ?? '';
    const path = `/proc/${pausePid}/ns/net`;
    return placeOf(
      { hostNetwork: true, netnsPath: '', ...changes },
      changed(isStatOf(path), saying(`4 ${inode ?? own} ${path}\n`)),
    );
  };

  it('is the node’s netns, when its pause process is there', () => {
    const found = onNode(undefined);
    expect(found.place).toMatchObject({ where: 'node', path: 'pods.web', inode: found.node.place.inode });
    expect(namesOf(found)).toEqual(['lo', 'cni0', 'vetha', 'vethb', 'vxlan0']);
  });

  it('is unknown when the pause process is elsewhere, whatever the record says', () => {
    expect(onNode(4026531999).place).toMatchObject({
      inode: 4026531999,
      links: reason('as its hostNetwork says'),
    });
  });

  it('is unknown without a pause process', () => {
    const sandbox = { ...recordedPod.sandbox, pid: -1 };
    expect(onNode(undefined, { sandbox }).place).toMatchObject({
      links: reason('no pause process to tell its netns by'),
    });
  });

  it('is unknown when commands do not run in the node’s netns', () => {
    const aside = changed(isStatOf('/proc/1/ns/net'), saying('4 4026531998 /proc/1/ns/net\n'));
    const found = placeOf({ hostNetwork: true }, aside);
    expect(found.node.place.links).toEqual(reason('do not run in the netns of its process 1'));
    expect(Array.isArray(found.place.links)).toBe(false);
  });
});

describe('the node’s id for a pod’s netns', () => {
  const atPath = (netnsPath: string, of: readonly Answer[] = answers) => {
    const copies = of.flatMap((answer): readonly Answer[] => {
      if (answer.kind !== 'ended') return [answer];
      if (isStatOf('/run/netns/pod-a')(answer)) {
        const stdout = answer.stdout.replace('/run/netns/pod-a', netnsPath);
        return [answer, { ...answer, argv: [...answer.argv.slice(0, -1), netnsPath], stdout }];
      }
      return answer.netns === '/run/netns/pod-a' ? [answer, { ...answer, netns: netnsPath }] : [answer];
    });
    return placeOf({ netnsPath }, copies).place;
  };

  it('is the one of its name, or without a name the one that lsns has', () => {
    expect(atPath('/var/run/netns/pod-a')).toMatchObject({ nsid: 0, name: 'pod-a' });
    expect(atPath('/proc/77/ns/net')).toMatchObject({ nsid: 0, name: undefined });
  });

  it('is unknown when its name is not listed: another name may be', () => {
    expect(placeOf({}, changed(isNames, saying('[{"name":"pod-b","id":0}]'))).place.nsid).toEqual(
      reason('does not list'),
    );
  });

  it('is told by lsns when names could not be read, and unknown when neither can', () => {
    const unnamed = changed(isNames, () => undefined);
    expect(placeOf({}, unnamed).place.nsid).toBe(0);
    expect(
      placeOf(
        {},
        unnamed.filter(({ argv }) => argv[0] !== 'lsns'),
      ).place.nsid,
    ).toEqual(reason('was not answered'));
  });

  it('is unknown of a netns without a name and without a process', () => {
    const listed = JSON.parse(recorded('namespaces').stdout) as {
      namespaces: { nsid: string; command: string }[];
    };
    const namespaces = listed.namespaces.filter(({ command }) => command !== 'sleep 600');
    const stdout = JSON.stringify({ namespaces });
    const of = changed(({ argv }) => argv[0] === 'lsns', saying(stdout));
    expect(atPath('/proc/77/ns/net', of).nsid).toEqual(reason('neither a name nor a process'));
  });

  it('is as unknown as its inode', () => {
    const gone = changed(isStatOf('/run/netns/pod-a'), () => undefined);
    expect(placeOf({ netnsPath: '/proc/77/ns/net' }, gone).place.nsid).toEqual(reason('was not answered'));
    expect(placeOf({ netnsPath: '/proc/77/ns/net' }, gone).place.nsid).not.toEqual(unreadable(''));
  });
});
