/** What shows in a node's CNI configuration that its pods can have a capability: a plugin, or what the runtime is to hand to one. */
const signs = {
  'host-ports': /"type"\s*:\s*"portmap"/,
  'host-local': /"type"\s*:\s*"host-local"/,
  bandwidth: /"bandwidth"\s*:\s*true/,
} as const;

export type ConfiguredAbility = keyof typeof signs;

export const configurable = Object.keys(signs) as readonly ConfiguredAbility[];

/** What the plugins of a CNI configuration (JSON) are able to do. */
export const configuredAbilities = (conflist: string): readonly ConfiguredAbility[] =>
  configurable.filter((ability) => signs[ability].test(conflist));
