import type { Problem } from '../../domain/problem.js';
import type { CodeBlock, Section, TutorialDocument } from '../markdown/document.js';
import { commandChecks, printing } from './command-checks.js';
import { roleOf } from './languages.js';
import type { Check, CommandCheck, NoCheck, SectionPlan, TutorialPlan } from './plan.js';
import { withFiles } from './with-files.js';

/** What a run does with each block of a document, and what the author must write to change that. Pure. */
export const planDocument = (
  document: TutorialDocument,
): { readonly plan: TutorialPlan; readonly problems: readonly Problem[] } => {
  const problems: Problem[] = [];
  const give = idGiver();
  const wrong = ({ steeringLine: line }: CodeBlock, message: string) =>
    problems.push({ file: document.file, line, column: 1, message, severity: 'error' });
  const sections = withFiles(document.sections.map((section) => planSection(section, give, wrong)));
  return {
    plan: {
      file: document.file,
      name: document.name,
      sections: sections.filter(({ checks }) => checks.length > 0),
    },
    problems,
  };
};

type GiveId = (name: string | undefined, line: number) => string;

/** What stands above a block: commands whose output it may be, or some that are not run. */
type Above = readonly CommandCheck[] | 'not run';

const planSection = (
  { title, trail, line, blocks }: Section,
  give: GiveId,
  wrong: (block: CodeBlock, message: string) => void,
): SectionPlan => {
  let checks: readonly Check[] = [];
  let above: Above = [];
  for (const block of blocks) {
    const role = roleOf(block);
    if (role === 'text') {
      const whose: Above = block.followsBlock || block.steering.output !== undefined ? above : [];
      above = [];
      if (whose === 'not run') continue;
      const output = whose.length === 0 ? undefined : printing(whose, block.lines, block.line);
      if (output === undefined) {
        if (block.steering.output !== undefined) wrong(block, noCommand);
        checks = [...checks, none(block, give, 'it is text that no command above it prints')];
      } else if (output.some((check) => check.role === 'background')) wrong(block, stillRunning);
      else checks = checks.map((check) => output.find(({ id }) => id === check.id) ?? check);
      continue;
    }
    const planned = planBlock(block, role, give);
    checks = [...checks, ...planned.checks];
    above = planned.above;
    if (
      planned.checks.some(
        (check) => check.kind === 'command' && check.role === 'background' && check.output !== undefined,
      )
    )
      wrong(block, stillRunning);
  }
  return { title, trail, line, checks };
};

const noCommand =
  'is the output of nothing: no command stands above it that has none yet → move it below its command';
const stillRunning =
  'shows an output, but a command in the background is not awaited → remove `background` or the output';

const planBlock = (
  block: CodeBlock,
  role: Exclude<ReturnType<typeof roleOf>, 'text'>,
  give: GiveId,
): { readonly checks: readonly Check[]; readonly above: Above } => {
  const { steering, lines, line } = block;
  const unrun = (because: string) => ({ checks: [none(block, give, because)], above: 'not run' as const });
  if (steering.skip !== undefined)
    return unrun(['skipped by its author', steering.skip].filter((text) => text !== '').join(': '));
  if (steering.saveAs !== undefined) {
    const id = give(steering.name, line);
    return { checks: [{ kind: 'file', id, line, lines, name: steering.saveAs }], above: [] };
  }
  switch (role) {
    case 'other':
      return unrun(whyOther(block));
    case 'manifest':
      return { checks: [{ kind: 'manifest', id: give(steering.name, line), line, lines }], above: [] };
    case 'script':
    case 'console': {
      const { checks, lastScript } = commandChecks(block, role, (at) => give(steering.name, at));
      return checks.length === 0 ? unrun('it has no command') : { checks, above: lastScript };
    }
  }
};

const none = (block: CodeBlock, give: GiveId, because: string): NoCheck => ({
  kind: 'none',
  id: give(block.steering.name, block.line),
  line: block.line,
  verdict: 'not-applicable',
  text: block.lines.find((text) => text.trim() !== '')?.trim() ?? '',
  because,
});

/** Ids by the names that authors give, else by lines; a name that serves several statements is counted. */
const idGiver = (): GiveId => {
  const given = new Map<string, number>();
  return (name, line) => {
    const id = name ?? `line-${line}`;
    const count = (given.get(id) ?? 0) + 1;
    given.set(id, count);
    return count === 1 ? id : `${id}-${count}`;
  };
};

const whyOther = ({ language }: CodeBlock): string =>
  /^(ya?ml|json)$/.test(language)
    ? 'it is no Kubernetes object: it has no `apiVersion` and `kind`'
    : `it is in ${language}, which is not run here`;
