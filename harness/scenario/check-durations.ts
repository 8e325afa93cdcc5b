import type { DocumentPath } from '../domain/manifest.js';
import type { Problem } from '../domain/problem.js';
import { parseDuration } from '../domain/duration.js';
import { allWorlds, type ScenarioDraft } from './draft-scenario.js';
import { isObject } from './manifest-object.js';
import { states } from './world-draft.js';

const longestMs = 24 * 3_600_000;

/** Durations that the pattern lets through and that cannot be meant. */
export const checkDurations = (draft: ScenarioDraft): readonly Problem[] =>
  allWorlds(draft)
    .filter((world) => states(world, 'steps'))
    .flatMap((world) => world.steps.list)
    .flatMap(({ raw, path }) => {
      const [[kind, step] = []] = Object.entries(raw);
      if (kind === undefined || !isObject(step)) return [];
      const written = step as { readonly timeout?: string; readonly for?: string };
      return [
        ...checkTimeout(draft, [...path, kind, 'timeout'], written.timeout),
        ...checkFor(draft, [...path, kind, 'for'], written),
      ];
    });

const checkTimeout = (
  { document }: ScenarioDraft,
  path: DocumentPath,
  timeout: string | undefined,
): readonly Problem[] => {
  const ms = timeout === undefined ? undefined : parseDuration(timeout);
  if (timeout === undefined || ms === undefined || (ms >= 1 && ms <= longestMs)) return [];
  return [document.problem(path, `a timeout must be from 1ms to 24h, not ${timeout}`)];
};

const checkFor = (
  { document }: ScenarioDraft,
  path: DocumentPath,
  step: { readonly timeout?: string; readonly for?: string },
): readonly Problem[] => {
  const ms = step.for === undefined ? undefined : parseDuration(step.for);
  if (step.for === undefined || ms === undefined) return [];
  if (ms > longestMs) return [document.problem(path, `\`for\` must be at most 24h, not ${step.for}`)];
  const timeoutMs = step.timeout === undefined ? undefined : parseDuration(step.timeout);
  if (timeoutMs === undefined || ms < timeoutMs) return [];
  return [
    document.problem(
      path,
      `it cannot stay true for ${step.for} within the timeout of ${step.timeout ?? ''}; make the timeout longer`,
    ),
  ];
};
