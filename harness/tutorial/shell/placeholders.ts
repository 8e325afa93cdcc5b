/** `<pid>`, `<pod-name>`, `<container id>`: what a reader is to put in. */
const pattern = /<([A-Za-z][A-Za-z0-9_.-]*(?: [A-Za-z][A-Za-z0-9_.-]*)?)>/g;

/** The names in `< >` that a script has, in their order, each once. */
export const placeholdersIn = (script: string): readonly string[] => [
  ...new Set([...script.matchAll(pattern)].map(([, name = '']) => name)),
];

/** The script with words of the same length in the places of its placeholders, which a shell would take for redirections. */
export const maskPlaceholders = (script: string): string =>
  script.replace(pattern, (whole) => '_'.repeat(whole.length));

/** Puts values in. A placeholder without a value stays as it is. */
export const fillPlaceholders = (script: string, values: ReadonlyMap<string, string>): string =>
  script.replace(pattern, (whole, name: string) => values.get(name) ?? whole);
