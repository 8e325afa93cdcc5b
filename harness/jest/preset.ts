import { fileURLToPath } from 'node:url';

const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Jest's `preset` for a project of scenario files. Its own settings, such as `testMatch`, take precedence. */
const preset = {
  testMatch: ['<rootDir>/scenarios/**/*.{yaml,yml}'],
  // Jest sees no other files; `js` is for those that it brings itself.
  moduleFileExtensions: ['js', 'mjs', 'cjs', 'json', 'node', 'yaml', 'yml'],
  transform: { '\\.ya?ml$': beside('transform.js') },
  testEnvironment: beside('environment.js'),
  globalSetup: beside('global-setup.js'),
  globalTeardown: beside('global-teardown.js'),
};

export default preset;
