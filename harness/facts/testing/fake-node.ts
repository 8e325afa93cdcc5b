import type { Command, CommandResult, Node } from '../../domain/cluster.js';
import type { Answer } from '../answers.js';

/** A node that has been asked. */
export interface FakeNode extends Node {
  /** The commands that it was given. */
  readonly asked: readonly Command[];
}

/** A node on which the script answers what is given here, as frames of the mark that it was told. */
export const fakeNode = (name: string, answers: readonly Answer[]): FakeNode =>
  nodeThat(name, ({ stdin = '' }) => ({
    exitCode: 0,
    stdout: printed(answers, stdin.split('\n')[0] ?? ''),
    stderr: '',
  }));

/** A node that ends the script as it likes. */
export const nodeThat = (name: string, exec: (command: Command) => CommandResult): FakeNode => {
  const asked: Command[] = [];
  return {
    name,
    asked,
    exec: (command) => {
      asked.push(command);
      return Promise.resolve().then(() => exec(command));
    },
    replay: ({ argv, netns }) =>
      [`on ${name}:`, ...(netns === undefined ? [] : [`in ${netns}`]), ...argv].join(' '),
  };
};

const printed = (answers: readonly Answer[], mark: string): string =>
  Buffer.from([...answers.flatMap(fieldsOf), 'end:'].map((field) => mark + field).join('')).toString(
    'base64',
  );

const fieldsOf = (answer: Answer, index: number): readonly string[] => {
  const question = [`netns:${answer.netns ?? ''}`, ...answer.argv.map((word) => `arg:${word}`)];
  if (answer.kind === 'missing') return [...question, `missing:${answer.tool}`];
  const { stdin, stdout, exitCode, stderr } = answer;
  return [
    ...question,
    ...(stdin === '' ? [] : [`in:${stdin}`]),
    `out:${stdout}`,
    `exit:${exitCode}`,
    `said:${index}`,
    `err:${index} ${stderr}`,
  ];
};
