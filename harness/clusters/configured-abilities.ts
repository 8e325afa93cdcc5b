/** The capabilities that a plugin in a node's CNI configuration gives, and the plugin's type. */
const byPlugin = { portmap: 'host-ports', 'host-local': 'host-local' } as const;

export type ConfiguredAbility = (typeof byPlugin)[keyof typeof byPlugin];

export const configurable: readonly ConfiguredAbility[] = Object.values(byPlugin);

/** What the plugins of a CNI configuration (JSON) are able to do. */
export const configuredAbilities = (conflist: string): readonly ConfiguredAbility[] => {
  const types = new Set([...conflist.matchAll(/"type"\s*:\s*"([^"]+)"/g)].map(([, type]) => type));
  return Object.entries(byPlugin).flatMap(([type, ability]) => (types.has(type) ? [ability] : []));
};
