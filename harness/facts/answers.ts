import { outputText } from '../domain/output-text.js';
/** A command whose answer facts are read from, in the node's netns or in the one of a path. */
export interface Question {
  readonly argv: readonly string[];
  readonly netns?: string;
}

/** A command that ran to its end. */
export interface Ended extends Question {
  readonly kind: 'ended';
  /** What it was given on standard input, for a command that reads its questions there. */
  readonly stdin: string;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that was not run because the node lacks a tool. */
export interface Missing extends Question {
  readonly kind: 'missing';
  readonly tool: string;
}

export type Answer = Ended | Missing;

/**
 * Reads what the node's script prints: base64 of fields, each begun by the mark that was chosen for this one run, so that
 * nothing that a tool prints can be taken for a field. A frame is `netns:PATH`, an `arg:` for each argument and perhaps `in:`; then
 * `missing:TOOL`, or `both:` (both streams) and `exit:`, or `out:`, `exit:` and `said:ID`, to which an `err:ID TEXT` belongs that
 * stands anywhere. The last field is `end:`.
 * @throws Error when the output is not whole; half of it could pass for a node that has less.
 */
export const readAnswers = (output: string, mark: string): readonly Answer[] => {
  const encoded = output.replaceAll(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded) || encoded.length % 4 !== 0) {
    throw new Error('it printed no base64, or only a part of it');
  }
  const [before, ...texts] = outputText(Buffer.from(encoded, 'base64')).split(mark);
  if (before !== '') throw new Error('something stands before the first frame');
  if (texts.pop() !== 'end:') throw new Error('the last frames are missing');
  const fields = texts.map(fieldOf);
  const errors = new Map(fields.filter(({ kind }) => kind === 'err').map(errorOf));
  const answers = frames(fields.filter(({ kind }) => kind !== 'err')).map((frame) =>
    readFrame(frame, errors),
  );
  if (errors.size > 0) throw new Error(`a frame of the number ${[...errors.keys()].join(', ')} is missing`);
  return answers;
};

interface Field {
  readonly kind: string;
  readonly value: string;
}

const fieldOf = (text: string): Field => {
  const colon = text.indexOf(':');
  return { kind: text.slice(0, colon), value: text.slice(colon + 1) };
};

/** The number of a frame, and what its command said on standard error. */
const errorOf = ({ value }: Field): readonly [string, string] => {
  const space = value.indexOf(' ');
  return [value.slice(0, space), value.slice(space + 1).replace(/\n+$/, '')];
};

const frames = (fields: readonly Field[]): readonly (readonly Field[])[] => {
  const all: Field[][] = [];
  for (const field of fields) {
    if (field.kind === 'netns') all.push([field]);
    else if (all.length === 0) throw new Error('the first frame has no beginning');
    else all.at(-1)?.push(field);
  }
  return all;
};

const shape = /^netns( arg)+( in)?( missing| both exit| out exit said)$/;

/** Takes what the frame's command said out of the errors. */
const readFrame = (fields: readonly Field[], errors: Map<string, string>): Answer => {
  const kinds = fields.map(({ kind }) => kind).join(' ');
  if (!shape.test(kinds)) throw new Error(`a frame has the fields ${kinds}`);
  const value = (kind: string) => fields.find((field) => field.kind === kind)?.value ?? '';
  const netns = value('netns');
  const question = {
    argv: fields.filter(({ kind }) => kind === 'arg').map((field) => field.value),
    ...(netns === '' ? {} : { netns }),
  };
  if (kinds.endsWith('missing')) return { ...question, kind: 'missing', tool: value('missing') };
  const exitCode = value('exit');
  if (!/^[0-9]+$/.test(exitCode)) throw new Error(`\`${exitCode}\` is no exit code`);
  const number = value('said');
  const stderr = kinds.endsWith('said') ? errors.get(number) : '';
  if (stderr === undefined) throw new Error(`what \`${question.argv.join(' ')}\` said is missing`);
  errors.delete(number);
  return {
    ...question,
    kind: 'ended',
    stdin: value('in'),
    exitCode: Number(exitCode),
    stdout: value(kinds.endsWith('said') ? 'out' : 'both'),
    stderr,
  };
};
