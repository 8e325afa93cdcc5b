/** By what name the environment gives a scenario file's test the function that registers its tests: one for all sandboxes. */
export const registration = Symbol.for('netclaims.jest.register');

/** Makes a test of a scenario file: Jest's `transform` for it. The environment has loaded the file by then. */
const transform = {
  process: () => ({
    code: `globalThis[Symbol.for(${JSON.stringify(registration.description)})](require('@jest/globals'));\n`,
  }),
};

export default transform;
