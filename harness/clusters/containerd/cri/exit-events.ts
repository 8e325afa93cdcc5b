import { NetclaimsError } from '../../../domain/error.js';
import type { ExitEvent } from './cri-types.js';

/** Ends a subscription; nothing is told after it. */
export interface Subscription extends Disposable {
  readonly lost: Error | undefined;
}

interface Listener {
  readonly onExit: (event: ExitEvent) => void;
  readonly onLost: (error: Error) => void;
}

/** Opens the stream of containerd's envelopes. */
type OpenStream = (onMessage: (message: object) => void, onEnd: (error: Error) => void) => { stop(): void };

/**
 * One stream of events for all who listen, opened when the first of them does. It is never opened again after it broke: events were
 * missed then, and a containerd that went away took what is waited for with it.
 */
export const shareStream = (open: OpenStream) => {
  const listeners = new Set<Listener>();
  let stream: { stop(): void } | undefined;
  let lost: Error | undefined;

  const onMessage = (message: object): void => {
    const event = exitOf(message);
    if (event !== undefined) for (const listener of [...listeners]) listener.onExit(event);
  };
  const onEnd = (error: Error): void => {
    lost = error;
    for (const listener of [...listeners]) listener.onLost(error);
  };

  return {
    subscribe(onExit: Listener['onExit'], onLost: Listener['onLost']): Subscription {
      const listener = { onExit, onLost };
      listeners.add(listener);
      stream ??= open(onMessage, onEnd);
      return {
        get lost() {
          return lost;
        },
        [Symbol.dispose]: () => void listeners.delete(listener),
      };
    },
    /** Tells all listeners that no event follows. */
    stop() {
      stream?.stop();
      if (lost === undefined) onEnd(closed());
      listeners.clear();
    },
  };
};

const closed = (): NetclaimsError =>
  new NetclaimsError({ code: 'cluster/cri-lost', what: 'the connection to containerd was closed' });

/** The exit that an envelope tells of; undefined for that of an exec, which has an id of its own in its container. */
export const exitOf = (envelope: object): ExitEvent | undefined => {
  const { event } = envelope as {
    readonly event: {
      readonly value: {
        readonly containerId: string;
        readonly id: string;
        readonly pid: number;
        readonly exitStatus: number;
      } | null;
    } | null;
  };
  const exit = event?.value;
  if (exit === undefined || exit === null || exit.id !== exit.containerId) return undefined;
  return { id: exit.containerId, pid: exit.pid, exitCode: exit.exitStatus };
};
