import { RE2JS } from 're2js';
import { spend, stepsForSearch } from './cost.js';
import { failed } from './no-value.js';

/**
 * `matches` under a name of the same length, so that offsets stay. CEL's regular expressions are RE2's, which take a time that grows with the
 * text and no faster; cel-js' own takes those of JavaScript, where `(a+)+$` may take for ever.
 */
export const matchesName = 'MATCHES';

const longestPattern = 10_000;
const mostRemembered = 100;
const compiled = new Map<string, RE2JS>();

/** Why a text is no pattern; undefined when it is one. */
export const patternMistake = (pattern: string): string | undefined => {
  try {
    compile(pattern);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

export const matches = (text: string, pattern: string): boolean => {
  spend(stepsForSearch(text));
  const mistake = patternMistake(pattern);
  if (mistake !== undefined) throw failed(mistake);
  return compile(pattern).matcher(text).find();
};

const compile = (pattern: string): RE2JS => {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  if (pattern.length > longestPattern)
    throw new Error(`a regular expression of ${pattern.length} characters; ${longestPattern} are possible`);
  const made = parse(pattern);
  if (compiled.size >= mostRemembered) compiled.clear();
  compiled.set(pattern, made);
  return made;
};

const parse = (pattern: string): RE2JS => {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
    throw new Error(`invalid regular expression: ${why}`, { cause: error });
  }
};
