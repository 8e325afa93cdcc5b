import type { Failure } from '../domain/failure.js';

/**
 * A JSON report as this version has it. Until version 0.1.0 a world's failure was `trouble: {code, message}`: its message was the place and the
 * words, then the evidence line by line, and the remedy behind an arrow. Anything else stays as it is, for the schema to judge.
 */
export const fromOlder = (value: unknown): unknown => {
  if (!isObject(value) || !Array.isArray(value.scenarios)) return value;
  return { ...value, scenarios: value.scenarios.map(scenarioOf) };
};

const scenarioOf = (scenario: unknown): unknown => {
  if (!isObject(scenario)) return scenario;
  const { controls } = scenario;
  return worldOf(Array.isArray(controls) ? { ...scenario, controls: controls.map(worldOf) } : scenario);
};

const worldOf = (world: unknown): unknown => {
  if (!isObject(world) || !('trouble' in world) || 'failure' in world) return world;
  const { trouble, ...others } = world;
  return { ...others, failure: isTrouble(trouble) ? failureOf(trouble) : trouble };
};

interface Trouble {
  readonly code: string;
  readonly message: string;
}

const failureOf = ({ code, message }: Trouble): Omit<Failure, 'code'> & { readonly code: string } => {
  const [what = '', ...rest] = message.split('\n');
  const remedies = rest.filter((line) => line.startsWith('→ '));
  return {
    code,
    what,
    where: '',
    evidence: rest.filter((line) => !line.startsWith('→ ')).map((line) => line.replace(/^ {2}/, '')),
    remedy: remedies.at(-1)?.slice('→ '.length) ?? '',
  };
};

const isTrouble = (value: unknown): value is Trouble =>
  isObject(value) && typeof value.code === 'string' && typeof value.message === 'string';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
