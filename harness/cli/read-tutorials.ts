import { byPlace, formatProblem } from '../domain/problem.js';
import type { TutorialDocument } from '../tutorial/markdown/document.js';
import { readDocument } from '../tutorial/markdown/read-document.js';
import { planDocument } from '../tutorial/plan/plan-document.js';
import type { TutorialPlan } from '../tutorial/plan/plan.js';
import { inputText } from './input-text.js';
import type { Terminal } from './terminal.js';

export interface Tutorial {
  readonly file: string;
  readonly text: string;
  readonly document: TutorialDocument;
  readonly plan: TutorialPlan;
}

/**
 * Reads Markdown files; undefined when one has a mistake in its steering, which has been told then.
 * @throws NetclaimsError `usage/no-document`
 */
export const readTutorials = async (
  files: readonly string[],
  { folder, progress }: Pick<Terminal, 'folder' | 'progress'>,
): Promise<readonly Tutorial[] | undefined> => {
  const read = await Promise.all(
    files.map(async (file) => {
      const text = await inputText(file, folder, {
        code: 'usage/no-document',
        remedy: 'name a Markdown file in UTF-8',
      });
      const { document, problems } = readDocument(file, text);
      const planned = planDocument(document);
      return { file, text, document, plan: planned.plan, problems: [...problems, ...planned.problems] };
    }),
  );
  const problems = read.flatMap((one) => one.problems).sort(byPlace);
  for (const problem of problems) progress(`${formatProblem(problem)}\n`);
  return problems.length > 0 ? undefined : read;
};
