import type { Check, SectionPlan } from './plan.js';

/**
 * Takes a manifest for the file that a later command applies by a name that no block has: the reader is meant to have saved it. It is then applied
 * by that command, and not by itself.
 */
export const withFiles = (sections: readonly SectionPlan[]): readonly SectionPlan[] => {
  const all = sections.flatMap(({ checks }) => checks);
  const named = new Set(all.flatMap((check) => (check.kind === 'file' ? check.name : [])));
  const files = new Map<string, string>();
  let waiting: string | undefined;
  for (const check of all) {
    if (check.kind === 'manifest') waiting = check.id;
    if (check.kind !== 'command' || waiting === undefined) continue;
    const name = appliedFile(check);
    if (name === undefined || named.has(name)) continue;
    files.set(waiting, name);
    named.add(name);
    waiting = undefined;
  }
  return sections.map((section) => ({
    ...section,
    checks: section.checks.map((check): Check => {
      const name = files.get(check.id);
      return check.kind === 'manifest' && name !== undefined ? { ...check, kind: 'file', name } : check;
    }),
  }));
};

/** The local file that `kubectl apply -f FILE` names. */
const appliedFile = ({ statement }: Extract<Check, { readonly kind: 'command' }>): string | undefined => {
  for (const { words } of statement.commands) {
    if (words[0] !== 'kubectl' || !words.some((word) => word === 'apply' || word === 'create')) continue;
    const at = words.findIndex((word) => /^(-f|--filename)(=|$)/.test(word));
    const name = at === -1 ? undefined : (words[at]?.split('=')[1] ?? words[at + 1]);
    if (name !== undefined && name !== '-' && !/^https?:/.test(name)) return name;
  }
  return undefined;
};
