/**
 * Jest's `globalSetup` of the scenarios in netclaims' own checkout for as long as dist/ is not what the sources say. Jest compiles this file
 * and nothing that it imports, so jest.config.ts has found out why.
 */
const notBuilt = (
  _global: unknown,
  { globals }: { readonly globals: { readonly notBuilt?: string } },
): never => {
  const error = new Error(globals.notBuilt);
  error.stack = '';
  throw error;
};

export default notBuilt;
