import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { ipFamilies, type IpFamily } from '../harness/domain/cluster-provider.js';
import { NetclaimsError } from '../harness/domain/error.js';

/** A CNI plugin that misbehaves in one way. */
export interface Fault {
  /** Of its file. */
  readonly name: string;
  /** One sentence. */
  readonly does: string;
  /** The bug reports (`OWNER/REPOSITORY#NUMBER`) or the class of mistakes that it is an example of. */
  readonly standsFor: string;
  /** The real plugin that it stands before. */
  readonly plugin: string;
  /** What it does instead of that, as functions for plugin.sh. */
  readonly script: string;
  /** The network whose plugin it is; `bridge` unless given. */
  readonly cni?: string;
  readonly ipFamily?: IpFamily;
  /** The claims (`SCENARIO/EXPECTATION`) that must be refuted, and a text that names the cause in their `because`. */
  readonly caughtBy: Readonly<Record<string, string>>;
}

const text = { type: 'string', minLength: 1 };

const isFault = new Ajv({ allErrors: true }).compile<Omit<Fault, 'name'>>({
  type: 'object',
  additionalProperties: false,
  required: ['does', 'standsFor', 'plugin', 'script', 'caughtBy'],
  properties: {
    ...{ does: text, standsFor: text, plugin: text, script: text, cni: text },
    ipFamily: { enum: ipFamilies },
    caughtBy: {
      type: 'object',
      minProperties: 1,
      propertyNames: { pattern: '^[a-z0-9-]+/[a-z0-9-]+$' },
      additionalProperties: text,
    },
  },
});

/** The fault in a file's text. @throws NetclaimsError `usage/bad-fault` with all that is wrong */
export const readFault = (file: string, source: string): Fault => {
  const found = load(source, { filename: file });
  if (isFault(found)) return { name: basename(file, '.yaml'), ...found };
  throw new NetclaimsError({
    code: 'usage/bad-fault',
    what: `${file} is no fault`,
    evidence: (isFault.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`),
    remedy: 'see faults/fault.ts for what one has',
  });
};

/** The faults of a folder by name, or those of these names. @throws NetclaimsError `usage/bad-fault`, `usage/no-fault` */
export const loadFaults = async (
  folder: string,
  names: readonly string[] = [],
): Promise<readonly Fault[]> => {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).sort();
  const all = await Promise.all(
    files.map(async (file) => readFault(join(folder, file), await readFile(join(folder, file), 'utf8'))),
  );
  const unknown = names.filter((name) => !all.some((fault) => fault.name === name));
  if (unknown.length === 0) return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
  throw new NetclaimsError({
    code: 'usage/no-fault',
    what: `there is no fault ${unknown.join(', ')}`,
    evidence: [`there are: ${all.map(({ name }) => name).join(', ')}`],
  });
};
