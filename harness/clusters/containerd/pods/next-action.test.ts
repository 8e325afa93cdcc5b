import { describe, expect, it } from '@jest/globals';
import { isFinished, nextAction } from './next-action.js';
import { readPod, type PodManifest } from './pod-manifest.js';
import { newPodState, noteExit, type ContainerState, type PodState } from './pod-state.js';
import { phaseOf } from './pod-phase.js';
import { podOf } from './test-manifest.js';

const pod = (restartPolicy = 'Always', init = ''): PodManifest =>
  readPod(
    podOf(
      'p',
      `{restartPolicy: ${restartPolicy}, initContainers: [${init}], containers: [{name: a, image: i}, {name: b, image: i}]}`,
    ),
  );

const withInit = (policy?: string) => pod(policy, '{name: i1, image: i}, {name: i2, image: i}');

const container = (
  name: string,
  process: ContainerState['process'],
  more: Partial<ContainerState> = {},
): readonly [string, ContainerState] => [
  name,
  {
    id: `${name}-0`,
    sandboxId: 's0',
    attempt: 0,
    backOff: undefined,
    fastExits: 0,
    process,
    readyProbed: false,
    unreadyBecause: '',
    ...more,
  },
];
const running = { state: 'running', pid: 1, sinceMs: 0 } as const;
const exited = (exitCode: number, atMs = 0) =>
  ({ state: 'exited', exitCode, atMs, ranMs: 1, startError: undefined }) as const;

const seen = (
  phase: 'ready' | 'dead' | 'stopped',
  ...containers: (readonly [string, ContainerState])[]
): PodState => {
  const state = newPodState();
  // Only the id and the phase of a sandbox decide what is done next.
  state.sandbox = { id: 's0', attempt: 0, phase } as NonNullable<PodState['sandbox']>;
  for (const [name, value] of containers) state.containers.set(name, value);
  return state;
};
const next = (manifest: PodManifest, state: PodState, nowMs = 1_000) => nextAction(manifest, state, nowMs);
const idle = { do: 'wait', untilMs: Number.POSITIVE_INFINITY };

describe('nextAction', () => {
  it('makes a sandbox, then starts all containers, then waits', () => {
    expect(next(pod(), newPodState())).toEqual({ do: 'make-sandbox' });
    expect(next(pod(), seen('ready'))).toEqual({ do: 'start', containers: ['a', 'b'] });
    expect(next(pod(), seen('ready', container('a', running)))).toEqual({ do: 'start', containers: ['b'] });
    expect(next(pod(), seen('ready', container('a', running), container('b', { state: 'created' })))).toEqual(
      idle,
    );
  });

  it('starts init containers one after the other, and the others only when all of them have succeeded', () => {
    expect(next(withInit(), seen('ready'))).toEqual({ do: 'start', containers: ['i1'] });
    expect(next(withInit(), seen('ready', container('i1', running)))).toEqual(idle);
    expect(next(withInit(), seen('ready', container('i1', exited(0))))).toEqual({
      do: 'start',
      containers: ['i2'],
    });
    expect(next(withInit(), seen('ready', container('i1', exited(0)), container('i2', exited(0))))).toEqual({
      do: 'start',
      containers: ['a', 'b'],
    });
  });

  it('tries an init container again that failed, unless the policy is Never', () => {
    const failed = () => seen('ready', container('i1', exited(1)));
    expect(next(withInit('OnFailure'), failed())).toEqual({ do: 'start', containers: ['i1'] });
    expect(next(withInit('Never'), failed())).toEqual({ do: 'stop-sandbox' });
    expect(phaseOf(withInit('Never'), failed())).toBe('Failed');
  });

  it('starts a container again that ended, as its policy and its back-off have it', () => {
    const ended = (code: number, more?: Partial<ContainerState>) =>
      seen('ready', container('a', exited(code, 500), more), container('b', running));
    expect(next(pod('Always'), ended(0))).toEqual({ do: 'start', containers: ['a'] });
    expect(next(pod('OnFailure'), ended(0))).toEqual(idle);
    expect(next(pod('OnFailure'), ended(1))).toEqual({ do: 'start', containers: ['a'] });
    expect(next(pod('Never'), ended(1))).toEqual(idle);
    const backOff = { delayMs: 10_000, atMs: 0 };
    expect(next(pod(), ended(1, { backOff }))).toEqual({ do: 'wait', untilMs: 10_500 });
    expect(next(pod(), ended(1, { backOff }), 10_500)).toEqual({ do: 'start', containers: ['a'] });
  });

  it('replaces a container when asked, running or not, whatever its policy and its back-off', () => {
    const asked = (state: PodState) => {
      state.restartAsked.add('a');
      return state;
    };
    expect(next(pod(), asked(seen('ready', container('a', running), container('b', running))))).toEqual({
      do: 'stop',
      containers: ['a'],
    });
    const ended = container('a', exited(1), { backOff: { delayMs: 300_000, atMs: 0 } });
    expect(next(pod('Never'), asked(seen('ready', ended, container('b', running))))).toEqual({
      do: 'start',
      containers: ['a'],
    });
  });

  it('gives the network back when the pause process ended, and begins again with all containers that are wanted', () => {
    const dead = seen('dead', container('a', running), container('b', exited(0)));
    expect(next(pod(), dead)).toEqual({ do: 'stop-sandbox' });
    const stopped = seen('stopped', container('a', exited(137)), container('b', exited(0)));
    expect(next(pod(), stopped)).toEqual({ do: 'make-sandbox' });
    stopped.sandbox = { ...stopped.sandbox, id: 's1', phase: 'ready' } as NonNullable<PodState['sandbox']>;
    expect(next(pod(), stopped)).toEqual({ do: 'start', containers: ['a', 'b'] });
    expect(next(pod('OnFailure'), stopped)).toEqual({ do: 'start', containers: ['a'] });
    expect(next(withInit(), seen('ready', container('i1', exited(0), { sandboxId: 'older' })))).toEqual({
      do: 'start',
      containers: ['i1'],
    });
  });

  it('gives the network back when all is done, once', () => {
    const done = [container('a', exited(0)), container('b', exited(0))];
    expect(next(pod('Never'), seen('ready', ...done))).toEqual({ do: 'stop-sandbox' });
    expect(next(pod('Never'), seen('stopped', ...done))).toEqual(idle);
    expect(next(pod('Never'), seen('dead', ...done))).toEqual({ do: 'stop-sandbox' });
    expect(isFinished(pod('Always'), seen('ready', ...done))).toBe(false);
  });

  it('tidies up when there is nothing better to do', () => {
    const state = seen('ready', container('a', running), container('b', running));
    state.litter.containers.add('old');
    expect(next(pod(), state)).toEqual({ do: 'remove-litter' });
    state.containers.delete('b');
    expect(next(pod(), state)).toEqual({ do: 'start', containers: ['b'] });
  });
});

describe('phaseOf', () => {
  it('counts as Kubernetes does', () => {
    const both = (a: ContainerState['process'], b: ContainerState['process']) =>
      seen('ready', container('a', a), container('b', b));
    expect(phaseOf(pod(), newPodState())).toBe('Pending');
    expect(phaseOf(pod(), both(running, { state: 'created' }))).toBe('Pending');
    expect(phaseOf(pod(), both(running, exited(1)))).toBe('Running');
    expect(phaseOf(pod('Never'), both(exited(0), exited(0)))).toBe('Succeeded');
    expect(phaseOf(pod('Never'), both(exited(0), exited(1)))).toBe('Failed');
    expect(phaseOf(pod('OnFailure'), both(exited(0), exited(1)))).toBe('Running');
  });
});

describe('noteExit', () => {
  it('knows the processes of the pod and leaves other pods alone', () => {
    const state = seen('ready', container('a', { state: 'running', pid: 7, sinceMs: 400 }));
    expect(noteExit(state, { id: 'other', pid: 9, exitCode: 1 }, 1_000)).toBe(false);
    expect(noteExit(state, { id: 'a-0', pid: 7, exitCode: 3 }, 1_000)).toBe(true);
    expect(state.containers.get('a')?.process).toEqual({
      state: 'exited',
      exitCode: 3,
      atMs: 1_000,
      ranMs: 600,
      startError: undefined,
    });
    expect(noteExit(state, { id: 'a-0', pid: -1, exitCode: 137 }, 2_000)).toBe(true);
    expect(state.containers.get('a')?.process).toMatchObject({ exitCode: 3, atMs: 1_000 });
    expect(noteExit(state, { id: 's0', pid: 5, exitCode: 137 }, 1_000)).toBe(true);
    expect(state.sandbox?.phase).toBe('dead');
  });

  it('leaves a sandbox stopped that has given its network back', () => {
    const state = seen('stopped');
    noteExit(state, { id: 's0', pid: 5, exitCode: 137 }, 1_000);
    expect(state.sandbox?.phase).toBe('stopped');
  });
});
