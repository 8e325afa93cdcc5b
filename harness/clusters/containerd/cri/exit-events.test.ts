import { describe, expect, it } from '@jest/globals';
import type { ExitEvent } from './cri-types.js';
import { exitOf, shareStream } from './exit-events.js';

const envelope = (containerId: string, id = containerId) => ({
  event: { value: { containerId, id, pid: 7, exitStatus: 137 } },
});

describe('exitOf', () => {
  it('reads the end of a first process and not that of an exec', () => {
    expect(exitOf(envelope('c'))).toEqual({ id: 'c', pid: 7, exitCode: 137 });
    expect(exitOf(envelope('c', 'exec-1'))).toBeUndefined();
    expect(exitOf({ event: null })).toBeUndefined();
    expect(exitOf({ event: { value: null } })).toBeUndefined();
  });
});

describe('shareStream', () => {
  const openShared = () => {
    const opened: {
      onMessage: (message: object) => void;
      onEnd: (error: Error) => void;
      stopped: boolean;
    }[] = [];
    const shared = shareStream((onMessage, onEnd) => {
      const stream = { onMessage, onEnd, stopped: false };
      opened.push(stream);
      return { stop: () => void (stream.stopped = true) };
    });
    return { opened, shared };
  };
  const listen = ({ shared }: ReturnType<typeof openShared>) => {
    const seen: ExitEvent[] = [];
    const lost: Error[] = [];
    const subscription = shared.subscribe(
      (event) => seen.push(event),
      (error) => lost.push(error),
    );
    return { seen, lost, subscription };
  };

  it('opens one stream for all, and tells each until it does not listen any more', () => {
    const stream = openShared();
    const [a, b] = [listen(stream), listen(stream)];
    stream.opened[0]?.onMessage(envelope('one'));
    a.subscription[Symbol.dispose]();
    stream.opened[0]?.onMessage(envelope('two'));
    expect(stream.opened).toHaveLength(1);
    expect(a.seen.map(({ id }) => id)).toEqual(['one']);
    expect(b.seen.map(({ id }) => id)).toEqual(['one', 'two']);
  });

  it('tells all, and all who come later, that it broke', () => {
    const stream = openShared();
    const a = listen(stream);
    const error = new Error('gone');
    stream.opened[0]?.onEnd(error);
    expect(a.lost).toEqual([error]);
    expect(listen(stream).subscription.lost).toBe(error);
    expect(stream.opened).toHaveLength(1);
  });

  it('says that it was closed to those who still listen', () => {
    const stream = openShared();
    const a = listen(stream);
    stream.shared.stop();
    expect(stream.opened[0]?.stopped).toBe(true);
    expect(a.lost).toMatchObject([{ code: 'cluster/cri-lost' }]);
    stream.opened[0]?.onMessage(envelope('late'));
    expect(a.seen).toEqual([]);
  });
});
