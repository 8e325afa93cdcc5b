/** How many bytes of the beginning of a stream are kept, and how many of its end. */
export const keptOfEachEnd = 8 * 1024 * 1024;

/** What is kept of a stream. */
export interface KeptOutput {
  /** The beginning; all of it where nothing was dropped. */
  readonly head: Buffer;
  /** The end, empty where nothing was dropped. */
  readonly tail: Buffer;
  /** How many bytes between them were dropped. */
  readonly dropped: number;
}

/** Takes a stream in whatever pieces it comes. */
export interface EndsKeeper {
  write(chunk: Buffer): void;
  kept(): KeptOutput;
}

const smallest = 64 * 1024;

/**
 * Keeps the first and the last bytes of a stream without an end. The bytes are copied, so the memory that this takes depends neither on how
 * much comes nor on the size of the pieces.
 * @param limit how many bytes of each end
 */
export const keepEnds = (limit = keptOfEachEnd): EndsKeeper => {
  let head = Buffer.alloc(0);
  let ring = Buffer.alloc(0);
  let total = 0;

  const growHead = (needed: number): void => {
    if (needed <= head.length) return;
    const grown = Buffer.allocUnsafe(Math.min(limit, Math.max(smallest, 2 * head.length, needed)));
    head.copy(grown);
    head = grown;
  };

  /** Writes what comes after the head; only the last `limit` bytes of it stay. */
  const writeRing = (chunk: Buffer): void => {
    if (ring.length === 0) ring = Buffer.allocUnsafe(limit);
    const skipped = Math.max(0, chunk.length - limit);
    const last = chunk.subarray(skipped);
    const at = (total - limit + skipped) % limit;
    const first = last.copy(ring, at);
    last.copy(ring, 0, first);
  };

  return {
    write(chunk) {
      const toHead = Math.min(chunk.length, Math.max(0, limit - total));
      if (toHead > 0) {
        growHead(total + toHead);
        chunk.copy(head, total, 0, toHead);
        total += toHead;
      }
      if (toHead === chunk.length) return;
      const rest = chunk.subarray(toHead);
      writeRing(rest);
      total += rest.length;
    },
    kept() {
      const beyond = Math.max(0, total - limit);
      const beginning = head.subarray(0, Math.min(total, limit));
      if (beyond <= limit) {
        const whole = beyond === 0 ? beginning : Buffer.concat([beginning, ring.subarray(0, beyond)]);
        return { head: whole, tail: Buffer.alloc(0), dropped: 0 };
      }
      const at = beyond % limit;
      const tail = Buffer.concat([ring.subarray(at), ring.subarray(0, at)]);
      return { head: beginning, tail, dropped: beyond - limit };
    },
  };
};
