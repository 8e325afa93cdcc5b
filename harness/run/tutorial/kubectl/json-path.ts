/** What a template such as `{.status.podIP}` or `{.items[0].metadata.name}` says of a value; undefined where a path leads to nothing that is known. */
export const jsonPath = (template: string, value: unknown): string | undefined => {
  const unknown: string[] = [];
  const text = template.replace(/\{([^}]*)\}/g, (_, path: string) => {
    if (/^["'].*["']$/.test(path)) return path.slice(1, -1).replace(/\\n/g, '\n').replace(/\\t/g, '\t');
    const found = follow(path, value);
    if (found === undefined) unknown.push(path);
    return found ?? '';
  });
  return unknown.length === 0 ? text : undefined;
};

const follow = (path: string, value: unknown): string | undefined => {
  if (!/^(\.[A-Za-z]\w*|\[\d+\])+$/.test(path)) return undefined;
  let at: unknown = value;
  for (const [, key, index] of path.matchAll(/\.([A-Za-z]\w*)|\[(\d+)\]/g)) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Object.entries(at).find(([name]) => name === (key ?? index))?.[1];
  }
  return typeof at === 'string' || typeof at === 'number' ? String(at) : undefined;
};
