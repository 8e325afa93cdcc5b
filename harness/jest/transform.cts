/**
 * Makes a Jest test of a scenario file. Jest loads a transformer before anything could compile it, so this file is plain CommonJS
 * and its parameters have defaults only to tell TypeScript what they are.
 */
module.exports = {
  process: (...[, file = '']) => ({
    code: `import { registerScenarios } from ${JSON.stringify(`${__dirname}/register`)};
await registerScenarios(${JSON.stringify(file)});
`,
  }),
};
