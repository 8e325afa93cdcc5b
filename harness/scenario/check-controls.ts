import type { DocumentPath } from '../domain/manifest.js';
import type { Problem } from '../domain/problem.js';
import type { ScenarioDraft } from './draft-scenario.js';
import { nearestName } from '../domain/nearest-name.js';
import { pathText } from './wording.js';

/** Ids and controls: each named once, each control able to refute, each expectation refuted by one. */
export const checkControls = (draft: ScenarioDraft): readonly Problem[] => [
  ...repeatedIds(draft),
  ...draft.controls.flatMap((_, index) => [
    ...repeatedControl(draft, index),
    ...checkRefutes(draft, index),
    ...sameWorld(draft, index),
  ]),
  ...uncontrolled(draft),
];

const expectations = (draft: ScenarioDraft) => draft.raw.spec?.expect ?? [];

const repeatedIds = (draft: ScenarioDraft): readonly Problem[] => {
  const ids = expectations(draft).map((expectation) => expectation?.id);
  return ids.flatMap((id, index) => {
    const first = ids.indexOf(id);
    if (id === undefined || first === index) return [];
    return [
      repeat(draft, 'expectation', id, ['spec', 'expect', index, 'id'], ['spec', 'expect', first, 'id']),
    ];
  });
};

const repeatedControl = (draft: ScenarioDraft, index: number): readonly Problem[] => {
  const names = draft.controls.map(({ raw }) => raw.name);
  const name = names[index];
  const first = names.indexOf(name);
  const nameOf = (which: number) => [...(draft.controls[which]?.world.at ?? []), 'name'];
  return name === undefined || first === index
    ? []
    : [repeat(draft, 'control', name, nameOf(index), nameOf(first))];
};

const repeat = (
  { document }: ScenarioDraft,
  what: string,
  name: string,
  path: DocumentPath,
  first: DocumentPath,
): Problem =>
  document.problem(
    path,
    `${JSON.stringify(name)} is the name of another ${what} already (line ${document.position(first).line})`,
  );

const checkRefutes = (draft: ScenarioDraft, index: number): readonly Problem[] => {
  const control = draft.controls[index];
  const list = draft.raw.spec?.expect;
  const refutes = control?.raw.refutes ?? [];
  if (control === undefined || list === undefined) return [];
  // An expectation whose id could not be read may be the one that is meant.
  const complete = list.every((expectation) => expectation?.id !== undefined);
  const known = [...new Set(list.flatMap((expectation) => expectation?.id ?? []))];
  return refutes.flatMap((id, item) => {
    const path = [...control.world.at, 'refutes', item];
    if (id === undefined) return [];
    if (refutes.indexOf(id) < item)
      return [draft.document.problem(path, `\`${id}\` is in this list already`)];
    if (known.includes(id) || !complete) return [];
    const near = nearestName(id, known);
    const hint = near === undefined ? `the ids are: ${known.join(', ')}` : `did you mean \`${near}\`?`;
    return [draft.document.problem(path, `no expectation has the id \`${id}\`; ${hint}`)];
  });
};

const sameWorld = ({ controls, document }: ScenarioDraft, index: number): readonly Problem[] => {
  const control = controls[index];
  if (control === undefined || ['manifests', 'let', 'steps'].some((part) => part in control.raw)) return [];
  return [
    document.problem(
      control.world.at,
      `\`${pathText(control.world.at)}\` states no manifests, no let and no steps: nothing differs from the scenario, so nothing can be refuted`,
    ),
  ];
};

const uncontrolled = (draft: ScenarioDraft): readonly Problem[] => {
  const controls = draft.raw.spec?.controls ?? [];
  // A control that could not be read may be the one.
  if (controls.some((control) => control?.refutes?.every((id) => id !== undefined) !== true)) return [];
  const refuted = new Set(draft.controls.flatMap(({ raw }) => raw.refutes ?? []));
  const known = expectations(draft).map((expectation) => expectation?.id);
  // An id that does not exist was reported, and may be meant for any.
  if ([...refuted].some((id) => !known.includes(id))) return [];
  return expectations(draft).flatMap((expectation, index) => {
    const id = expectation?.id;
    if (id === undefined || refuted.has(id)) return [];
    return [
      {
        ...draft.document.problem(
          ['spec', 'expect', index, 'id'],
          `\`${id}\` is uncontrolled: no control refutes it, so nothing shows that it can fail`,
        ),
        severity: 'warning' as const,
      },
    ];
  });
};
