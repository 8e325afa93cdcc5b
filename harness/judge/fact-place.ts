/** Where a fact stands among all facts: the way to it from `pods`, `nodes`, `cluster`, `probes` or an observation's name. */
export interface Place {
  readonly parent: Place | undefined;
  readonly step: string | number;
}

/** Told of each fact that an expression reads, and whether it is read with all that is below it. */
export type Reader = (place: Place, extent: 'itself' | 'all-below') => void;

export const below = (parent: Place | undefined, step: string | number): Place => ({ parent, step });

/** As an expression would write it: `pods["two-words"].links[0].mtu`. */
export const celPath = ({ parent, step }: Place): string => {
  if (parent === undefined) return String(step);
  if (typeof step === 'number') return `${celPath(parent)}[${step}]`;
  const isName = /^(?!(?:in|true|false|null)$)[A-Za-z_][A-Za-z0-9_]*$/.test(step);
  return celPath(parent) + (isName ? `.${step}` : `[${JSON.stringify(step)}]`);
};

/** As `Observation.sources` writes it: steps joined by dots, without the observation's name. */
export const sourcePath = (place: Place): string => {
  const steps: (string | number)[] = [];
  for (let at: Place | undefined = place; at !== undefined; at = at.parent) steps.unshift(at.step);
  const roots: readonly (string | number)[] = ['pods', 'nodes', 'cluster', 'probes'];
  const isPrefixed = !roots.includes(steps[0] ?? '');
  return steps.slice(isPrefixed ? 1 : 0).join('.');
};
