import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { NetclaimsError } from '../domain/error.js';
import { isUnreadable } from '../domain/fact-types.js';
import { byPlace, formatProblem, type Problem } from '../domain/problem.js';
import type { Report } from '../domain/report.js';
import { jsonPlaces, pointerStep, positionOf } from './json-places.js';
import { fromOlder } from './older-report.js';
import { reportSchema } from './report-schema.js';
import { visible } from './visible.js';

/**
 * Reads a JSON report of this version or an older one, for judging it again. `file` is what the errors call it.
 * @throws NetclaimsError `usage/bad-report` with every place that is wrong as `file:line:column message`
 */
export const readReport = (text: string, file: string): Report => {
  const problems = problemsOf(text, file);
  if (problems.length === 0) return fromOlder(JSON.parse(text)) as Report;
  const shown = problems.slice(0, mostShown).map(formatProblem);
  throw new NetclaimsError({
    code: 'usage/bad-report',
    what: `${file} is no netclaims report`,
    evidence: [...shown, ...(problems.length > mostShown ? [`and ${problems.length - mostShown} more`] : [])],
    remedy: 'name a file that was written with `--report json=FILE`',
  });
};

const mostShown = 20;

/** Facts that a CNI plugin has written as it likes are the deepest part of a report. */
const deepest = 200;

const mostPlaced = 4 * 1024 * 1024;

/** Where a JSON text first nests deeper than that. It is looked for before anything goes down such a tree. */
const depthBeyond = (text: string, most: number): number | undefined => {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if (depth > most) return at;
  }
  return undefined;
};

/** Where the string ends that begins at `start`: no pattern is used, for one takes memory for each character. */
const endOfString = (text: string, start: number): number => {
  let end = start;
  let backslashes = 1;
  while (backslashes % 2 === 1) {
    end = text.indexOf('"', end + 1);
    if (end < 0) return text.length;
    backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes += 1;
  }
  return end;
};

const problemsOf = (text: string, file: string): readonly Problem[] => {
  const problem = (offset: number, message: string): Problem => ({
    file,
    ...positionOf(text, offset),
    message,
    severity: 'error',
  });
  const tooDeep = depthBeyond(text, deepest);
  if (tooDeep !== undefined) return [problem(tooDeep, `must not nest deeper than ${deepest} levels`)];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const scan = jsonPlaces(text);
    return [scan.valid ? problem(0, String(error)) : problem(scan.offset, scan.message)];
  }
  const errors = schemaErrors(fromOlder(value));
  if (errors.length === 0) return [];
  // The places take several times the memory of the text.
  if (text.length > mostPlaced)
    return errors.map(({ message, pointer }) => problem(0, `${message} at ${pointer}`));
  const scan = jsonPlaces(text);
  if (!scan.valid) return [problem(scan.offset, scan.message)];
  return errors
    .map(({ pointer, part, message }) => problem(scan.places.get(pointer)?.[part] ?? 0, message))
    .sort(byPlace);
};

interface SchemaError {
  readonly pointer: string;
  readonly part: 'key' | 'value';
  readonly message: string;
}

let compiled: ValidateFunction | undefined;

/** What a value says against the schema; at least one error for a value that it does not allow. */
export const schemaErrors = (value: unknown): readonly SchemaError[] => {
  compiled ??= new Ajv2020({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    strictTypes: true,
  }).compile(reportSchema);
  if (compiled(value)) return [];
  const all = compiled.errors ?? [];
  const meant = all.filter(isMeant);
  return (meant.length > 0 ? meant : all).map(described);
};

/** A fact may be what its type says or unreadable: the errors that count are those against the one that it was meant to be. */
const isMeant = ({ keyword, schemaPath, instancePath, data }: ErrorObject): boolean => {
  if (keyword === 'anyOf' || keyword === 'if') return false;
  const asUnreadable = isUnreadable(data) || instancePath.endsWith('/$unreadable');
  return schemaPath.startsWith('#/$defs/Unreadable/') === asUnreadable;
};

const described = ({ keyword, instancePath: pointer, params, message }: ErrorObject): SchemaError => {
  const given = params as Readonly<Record<string, string | readonly string[]>>;
  const names = (key: string, between: string): string => visible([given[key] ?? ''].flat().join(between));
  switch (keyword) {
    case 'required':
      return { pointer, part: 'value', message: `must have "${names('missingProperty', '')}"` };
    case 'additionalProperties': {
      const name = names('additionalProperty', '');
      return { pointer: pointer + pointerStep(name), part: 'key', message: `must not have "${name}"` };
    }
    case 'false schema':
      return { pointer, part: 'key', message: 'must not stand beside the others here' };
    case 'type':
      return { pointer, part: 'value', message: `must be ${names('type', ' or ')}` };
    case 'const':
      return { pointer, part: 'value', message: `must be "${names('allowedValue', '')}"` };
    case 'enum':
      return { pointer, part: 'value', message: `must be one of: ${names('allowedValues', ', ')}` };
    default:
      return { pointer, part: 'value', message: message ?? keyword };
  }
};
