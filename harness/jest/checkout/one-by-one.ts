import runner from 'jest-runner';

// Jest makes CommonJS of this file, where the import is the class, and not, as the types say of ES modules, what holds it.
const TestRunner = runner as unknown as typeof runner.default;

/** Jest's own runner for tests that must not run beside others: Jest runs the tests of one runner after those of another. */
export default class OneByOne extends TestRunner {
  override readonly isSerial = true;
}
