import { allTouches, type Touches } from '../../domain/footprint.js';

/** Lets a number of worlds be at work beside each other. */
export interface Slots {
  /** Does the work once a slot is free. */
  readonly inSlot: <T>(touches: Touches, work: () => Promise<T>) => Promise<T>;
}

/**
 * A free slot goes to the kind of worlds that has the fewest of them, in the order of asking within a kind. Worlds that wait for packets that
 * never come thus leave the processors to worlds of other kinds, and few clones are needed at once.
 */
export const openSlots = (count: number): Slots => {
  const atWork: Record<Touches, number> = { none: 0, 'reads-nodes': 0, 'changes-nodes': 0 };
  const waiting: Readonly<Record<Touches, (() => void)[]>> = {
    none: [],
    'reads-nodes': [],
    'changes-nodes': [],
  };
  let free = count;

  const next = (): void => {
    while (free > 0) {
      const [kind] = allTouches
        .filter((each) => waiting[each].length > 0)
        .toSorted((one, other) => atWork[one] - atWork[other]);
      const go = kind === undefined ? undefined : waiting[kind].shift();
      if (kind === undefined || go === undefined) return;
      free -= 1;
      atWork[kind] += 1;
      go();
    }
  };

  return {
    async inSlot(touches, work) {
      await new Promise<void>((resolve) => {
        waiting[touches].push(resolve);
        // Whoever asks in the same moment is looked at together.
        queueMicrotask(next);
      });
      try {
        return await work();
      } finally {
        free += 1;
        atWork[touches] -= 1;
        next();
      }
    },
  };
};
