import { parseTimeout } from '../../domain/duration.js';
import { nearestName } from '../../domain/nearest-name.js';
import type { Place, Steering } from './document.js';

/** A word of a comment or an info string: `node`, `timeout=5s`, `skip="why not"`. */
export interface SteeringWord {
  readonly key: string;
  readonly value: string | undefined;
  /** As it was written. */
  readonly text: string;
  /** From where the words begin. */
  readonly offset: number;
}

/** The words of a text; values may be in quotes. */
export const steeringWords = (text: string): readonly SteeringWord[] =>
  [...text.matchAll(/([^\s=]+)(?:=(?:"([^"]*)"|'([^']*)'|(\S*)))?/g)].map((match) => ({
    key: match[1] ?? '',
    value: match[2] ?? match[3] ?? match[4],
    text: match[0],
    offset: match.index,
  }));

type Meaning = Steering | { readonly wrong: string };

const flag =
  (steering: Steering) =>
  (value: string | undefined): Meaning =>
    value === undefined ? steering : { wrong: 'takes no value' };

const named =
  (what: string, steering: (value: string) => Meaning) =>
  (value: string | undefined): Meaning =>
    value === undefined || value === '' ? { wrong: `needs a value: ${what}` } : steering(value);

const podPlace = (value: string): Meaning => {
  const [pod = '', container, more] = value.split('/');
  if (pod === '' || container === '' || more !== undefined)
    return { wrong: 'names a pod, or a pod and a container: pod=NAME, pod=NAME/CONTAINER' };
  return { place: { kind: 'pod', pod, container } };
};

const duration = (value: string): Meaning => {
  const timeoutMs = parseTimeout(value);
  return timeoutMs === undefined
    ? { wrong: 'is no duration such as 30s, 2m or 1m30s, at most 24h' }
    : { timeoutMs };
};

const id = (value: string): Meaning =>
  /^[A-Za-z0-9][\w.-]*$/.test(value) ? { name: value } : { wrong: 'must be of letters, digits, -, _ and .' };

const place = (of: Place): Steering => ({ place: of });

/** All that an author can say of a block. */
const meanings: Readonly<Record<string, (value: string | undefined) => Meaning>> = {
  shell: flag(place({ kind: 'shell' })),
  host: flag(place({ kind: 'host' })),
  node: (value) => (value === '' ? { wrong: 'needs a name' } : { place: { kind: 'node', node: value } }),
  pod: named('pod=NAME', podPlace),
  skip: (value = '') => ({ skip: value }),
  'expect-fail': flag({ expectFail: true }),
  background: flag({ background: true }),
  cleanup: flag({ cleanup: true }),
  output: flag({ output: true }),
  name: named('name=ID', id),
  file: named('file=NAME', (saveAs) => ({ saveAs })),
  timeout: named('timeout=30s', duration),
};

const names = Object.keys(meanings);

export interface SteeringMistake {
  readonly offset: number;
  readonly message: string;
}

export interface ReadSteering {
  readonly steering: Steering;
  readonly mistakes: readonly SteeringMistake[];
}

/**
 * What words say of a block. In a comment every word is for netclaims; an info string has words for others as well, of which only those are
 * mistakes that are nearly one of ours.
 */
export const readSteering = (text: string, from: 'comment' | 'info'): ReadSteering => {
  const mistakes: SteeringMistake[] = [];
  let steering: Steering = {};
  for (const word of steeringWords(text)) {
    const wrong = (message: string) => mistakes.push({ offset: word.offset, message });
    const meaning = Object.hasOwn(meanings, word.key) ? meanings[word.key] : undefined;
    if (meaning === undefined) {
      const near = nearestName(word.key, names);
      if (from === 'comment' || near !== undefined)
        wrong(
          `\`${word.key}\` says nothing of a block${near === undefined ? `; what does: ${names.join(', ')}` : ` → did you mean \`${near}\`?`}`,
        );
      continue;
    }
    const said = meaning(word.value);
    if ('wrong' in said) wrong(`\`${word.text}\` ${said.wrong}`);
    else if (Object.keys(said).some((key) => key in steering))
      wrong(`\`${word.text}\` says again, or otherwise, what was said before it`);
    else steering = { ...steering, ...said };
  }
  const clash = contradiction(steering);
  return {
    steering,
    mistakes: clash === undefined ? mistakes : [...mistakes, { offset: 0, message: clash }],
  };
};

/** Two things that cannot both be said of a block. */
export const contradiction = (steering: Steering): string | undefined => {
  const said = (['background', 'cleanup', 'expectFail', 'output', 'saveAs'] as const).filter(
    (key) => steering[key] !== undefined,
  );
  const both = (a: keyof Steering, b: keyof Steering) =>
    steering[a] !== undefined && steering[b] !== undefined;
  if (both('background', 'expectFail'))
    return '`background` and `expect-fail` contradict each other: what runs in the background has no end to judge';
  if (both('background', 'cleanup'))
    return '`background` and `cleanup` contradict each other: what clears away is run to its end';
  if (steering.output !== undefined && (said.length > 1 || steering.place !== undefined))
    return '`output` stands alone: how its command is run is said above the command';
  if (steering.saveAs !== undefined && (said.length > 1 || steering.place !== undefined))
    return '`file=` stands alone: such a block is not run';
  return undefined;
};
