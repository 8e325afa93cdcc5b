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

const problemsOf = (text: string, file: string): readonly Problem[] => {
  const problem = (offset: number, message: string): Problem => ({
    file,
    ...positionOf(text, offset),
    message,
    severity: 'error',
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const scan = jsonPlaces(text);
    return [scan.valid ? problem(0, String(error)) : problem(scan.offset, scan.message)];
  }
  const errors = schemaErrors(fromOlder(value));
  if (errors.length === 0) return [];
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
