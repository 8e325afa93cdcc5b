import { basename, join } from 'node:path';
import { readdir, readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { NetclaimsError } from '../harness/domain/error.js';
import { caseSchema } from './case-schema.js';
import type { Verdict } from '../harness/domain/verdict.js';

/** What a case runs on. The cases of `none` make no cluster. */
export const grounds = ['none', 'containerd', 'kind'] as const;
export type Ground = (typeof grounds)[number];

/** One attempt to make netclaims lie, hang, leak or crash, and what must result. */
export interface Case {
  /** Of its folder. */
  readonly name: string;
  readonly folder: string;
  /** One sentence: what is done to netclaims. */
  readonly attacks: string;
  /** One sentence: who relies on the result, and why. */
  readonly because: string;
  readonly needs: Ground;
  /** It disturbs, or is disturbed by, what else runs on the machine. */
  readonly alone?: boolean;
  /** `own`: begin with an empty cache folder. */
  readonly cache?: 'shared' | 'own';
  readonly steps: readonly Step[];
  /** Done in any case, after the steps: what takes down kept clusters and mounts. */
  readonly finally?: readonly Step[];
}

/** What is done, one after the other. */
export type Step = NetclaimsStep | BashStep | ServeStep | AtOnceStep;

/** A run of netclaims. */
export interface NetclaimsStep extends Conditions {
  /** Its words, with blanks between them. */
  readonly netclaims: string;
  readonly expect: Expect;
}

/** What a run finds when it begins, and what happens while it runs. */
export interface Conditions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly stdout?: 'read' | 'closed' | 'full';
  readonly stderr?: 'read' | 'closed' | 'full';
  /** Standard input, output and error are one terminal. */
  readonly terminal?: boolean;
  /** Options of bash's `ulimit`, such as `-n 64`. */
  readonly ulimit?: string;
  readonly meanwhile?: readonly Meanwhile[];
}

/** An action at a moment of a run. Both must come, or the case fails: an attack that did not happen proves nothing. */
export type Meanwhile = { readonly when: Moment } & Action;

/** Each is a regular expression on what the run prints, on a command line of one of its processes, or a file in its folder. */
export type Moment =
  | { readonly stdout: string }
  | { readonly stderr: string }
  | { readonly process: string; readonly anywhere?: boolean }
  | { readonly file: string };

export type Action =
  /** To each process of the case whose command line matches `to`, or to the `run` itself. */
  | { readonly signal: string; readonly to: string }
  /** The reader of the run's output is gone. */
  | { readonly close: 'stdout' | 'stderr' | 'terminal' }
  /** A script in the case's folder. */
  | { readonly bash: string; readonly arguments?: readonly string[] };

/** A script in the case's folder that must end with 0; what it prints is the complaint when it does not. */
export interface BashStep {
  readonly bash: string;
  readonly arguments?: readonly string[];
  /** Longest time, 60 unless given. */
  readonly seconds?: number;
}

/** A script that goes on beside the following steps, from the moment that it prints `until`. */
export interface ServeStep {
  readonly serve: string;
  readonly arguments?: readonly string[];
  readonly until: string;
}

export interface AtOnceStep {
  readonly atOnce: readonly NetclaimsStep[];
}

/** What must result of a run. Of a list, any is right. */
export interface Expect {
  readonly exit: OneOrMany<number | string>;
  /** By `SCENARIO` or `SCENARIO/EXPECTATION`, read from the JSON report. */
  readonly verdicts?: Readonly<Record<string, OneOrMany<Verdict>>>;
  /** The JSON report in the run's folder, `report.json` unless given. */
  readonly report?: string;
  /** Texts that the output must have, and must not have; blanks and line breaks are alike. */
  readonly says?: readonly string[];
  readonly never?: readonly string[];
  /** Longest time, 60 unless given. */
  readonly seconds?: number;
  /** Most memory of the process, 512 unless given. */
  readonly memoryMiB?: number;
}

export type OneOrMany<T> = T | readonly T[];

const isCase = new Ajv({ allErrors: true, strictRequired: false }).compile<Omit<Case, 'name' | 'folder'>>(
  caseSchema(grounds),
);

/** The case in a file's text. @throws NetclaimsError `usage/bad-case` with all that is wrong */
export const readCase = (file: string, source: string): Case => {
  const found = load(source, { filename: file });
  const folder = join(file, '..');
  if (isCase(found)) return { ...found, name: basename(folder), folder };
  throw new NetclaimsError({
    code: 'usage/bad-case',
    what: `${file} is not a case`,
    evidence: (isCase.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`),
    remedy: 'see adversary/README.md for the keys of a case',
  });
};

/** The cases of a folder by name, or those of these names. @throws NetclaimsError `usage/bad-case`, `usage/no-case` */
export const loadCases = async (folder: string, names: readonly string[] = []): Promise<readonly Case[]> => {
  const entries = await readdir(folder, { withFileTypes: true });
  const folders = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const unknown = names.filter((name) => !folders.includes(name));
  if (unknown.length > 0) {
    throw new NetclaimsError({
      code: 'usage/no-case',
      what: `there is no case ${unknown.join(', ')}`,
      evidence: [`there are: ${folders.join(', ')}`],
    });
  }
  const wanted = names.length === 0 ? folders : folders.filter((name) => names.includes(name));
  return Promise.all(
    wanted.map(async (name) => {
      const file = join(folder, name, 'case.yaml');
      return readCase(file, await readFile(file, 'utf8'));
    }),
  );
};
