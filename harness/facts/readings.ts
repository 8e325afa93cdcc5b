import type { Node } from '../domain/cluster.js';
import { wordsOf } from '../domain/error.js';
import { isUnreadable, unreadable, type Unreadable } from '../domain/fact-types.js';
import type { Evidence } from '../domain/observation.js';
import type { Answer, Ended, Question } from './answers.js';
import { missingTool } from './required-tools.js';

/** What a node answered, as facts are read from it, with a record of which answer each fact came from. */
export interface Readings {
  /**
   * Reads a fact from the answer to a question, under its paths (`pods.web.links`; lists by index). Whatever is wrong with the
   * answer makes the fact unreadable, with the tool's own words.
   */
  read<T>(paths: readonly string[], question: Question, parse: (answer: Ended) => T): T | Unreadable;
  /** Of the facts read so far. */
  record(): ReadingsRecord;
}

export interface ReadingsRecord {
  readonly evidence: readonly Evidence[];
  /** From a fact's path to an index of `evidence`. */
  readonly sources: Readonly<Record<string, number>>;
}

/** Readings of a node's answers; `at` is when it was asked, ISO 8601. */
export const readingsOf = (node: Node, answers: readonly Answer[], at: string): Readings => {
  const byQuestion = new Map(answers.map((answer) => [keyOf(answer), answer]));
  const evidence: Evidence[] = [];
  const places = new Map<string, number>();
  const sources: Record<string, number> = {};

  const cite = (answer: Answer): number => {
    const key = keyOf(answer);
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, evidence.length);
    return evidence.push(evidenceOf(node, answer, at)) - 1;
  };

  return {
    read: (paths, question, parse) => {
      const answer = byQuestion.get(keyOf(question));
      if (answer === undefined) {
        return unreadable(`\`${question.argv.join(' ')}\` was not answered on node ${node.name}`);
      }
      const index = cite(answer);
      for (const path of paths) sources[path] = index;
      if (answer.kind === 'missing') return unreadable(missingTool(answer.tool, node.name));
      try {
        return parse(answer);
      } catch (error) {
        return unreadable(`${lineOf(answer)} on node ${node.name} ${wordsOf(error)}`);
      }
    },
    record: () => ({ evidence, sources }),
  };
};

/** Readings of a node that could not be asked: nothing on it is readable, for that reason. */
export const noReadings = (reason: string): Readings => ({
  read: () => unreadable(reason),
  record: () => ({ evidence: [], sources: {} }),
});

/** A fact that is made of another one, unreadable where that is. */
export const whenRead = <T, U>(fact: T | Unreadable, then: (value: T) => U): U | Unreadable =>
  isUnreadable(fact) ? fact : then(fact);

const keyOf = ({ argv, netns }: Question): string => JSON.stringify([netns ?? '', ...argv]);

const lineOf = ({ argv, netns }: Question): string =>
  `\`${argv.map((word) => (word === '' ? "''" : word)).join(' ')}\`${netns === undefined ? '' : ` in ${netns}`}`;

const evidenceOf = (node: Node, answer: Answer, at: string): Evidence => {
  const { argv, netns } = answer;
  return {
    node: node.name,
    argv,
    replay: node.replay(netns === undefined ? { argv } : { argv, netns }),
    at,
    ...(answer.kind === 'missing'
      ? { exitCode: null, stdout: '', stderr: '' }
      : { exitCode: answer.exitCode, stdout: answer.stdout, stderr: answer.stderr }),
  };
};
