import process from 'node:process';
import { deadline } from '../deadline.js';

/** Prints whether each deadline fires while garbage is collected all the time. Run it with `--expose-gc`. */
const collect = (globalThis as { readonly gc?: () => void }).gc;
if (collect === undefined) throw new Error('run with --expose-gc');

const ms = 100;
const patienceMs = 1_000;
const always = new AbortController();

/** The signals that callers make of a deadline, none of which they hold. */
const compositions: Readonly<Record<string, () => AbortSignal>> = {
  alone: () => deadline(ms, always.signal),
  composed: () => AbortSignal.any([deadline(ms, always.signal), new AbortController().signal]),
  nested: () => deadline(10_000, AbortSignal.any([deadline(ms)])),
};

const end = (signal: AbortSignal): Promise<string> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve('is lost'), patienceMs);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve('fires');
    });
  });

const ends = Promise.all(
  Object.entries(compositions).map(async ([name, compose]) => `${name} ${await end(compose())}`),
);
const collecting = setInterval(collect, 10);
process.stdout.write(`${(await ends).join('\n')}\n`);
clearInterval(collecting);
