/**
 * Replaces `$(NAME)` by the variable's value, as Kubernetes does: `$$` stands for one `$`, and a reference to a variable that is not
 * there stays as it was written.
 */
export const expandVariables = (input: string, variables: ReadonlyMap<string, string>): string =>
  input.replace(/\$(?:\$|\(([^)]*)\))/g, (reference, name: string | undefined) =>
    name === undefined ? '$' : (variables.get(name) ?? reference),
  );
