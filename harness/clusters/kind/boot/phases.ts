/** Tells how long the parts of a boot took. */
export interface Phases {
  /** Does a part of the boot; its name is told as it begins, and how long it took when it is done. */
  measure<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Tells the whole, beside the sum of its parts. */
  total(): void;
}

export const bootPhases = (
  progress: (phase: string) => void,
  now: () => number = () => performance.now(),
): Phases => {
  const began = now();
  const parts: { readonly name: string; readonly ms: number }[] = [];
  return {
    async measure(name, work) {
      progress(name);
      const start = now();
      const result = await work();
      const ms = now() - start;
      parts.push({ name, ms });
      progress(`${name}: ${seconds(ms)}`);
      return result;
    },
    total() {
      const sum = parts.reduce((all, { ms }) => all + ms, 0);
      const list = parts.map(({ name, ms }) => `${name} ${seconds(ms)}`).join(' + ');
      progress(`the cluster is up after ${seconds(now() - began)}: ${list} = ${seconds(sum)}`);
    },
  };
};

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
