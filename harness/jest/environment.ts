import { TestEnvironment } from 'jest-environment-node';
import { relative } from 'node:path';
import process from 'node:process';
import { clusterProviders } from '../clusters/index.js';
import { machineOf } from '../clusters/machine.js';
import { describeError } from '../domain/error.js';
import { realInstruments } from '../run/real-instruments.js';
import { openScenario, type OpenScenario } from './open-scenario.js';
import { readOptions, type JestOptions } from './options.js';
import { plainError } from './plain-error.js';
import { attachToRun } from './run-cluster.js';
import { toldCluster } from './told-cluster.js';
import { registration } from './transform.js';

type Parameters = ConstructorParameters<typeof TestEnvironment>;

/**
 * Where Jest runs a scenario file. Jest loads this outside the sandbox of its tests, so that the harness is loaded once for all files, and
 * as the ES modules that it consists of; the file's test only calls what is put into its sandbox here.
 */
export default class ScenarioEnvironment extends TestEnvironment {
  readonly #config: Parameters[0];
  readonly #file: string;
  #open: OpenScenario | undefined;

  constructor(...[config, context]: Parameters) {
    super(config, context);
    this.#config = config;
    this.#file = context.testPath;
  }

  override async setup(): Promise<void> {
    await super.setup();
    const { globalConfig, projectConfig } = this.#config;
    const folder = process.cwd();
    const options = optionsOf(projectConfig, folder);
    const providers = clusterProviders(machineOf(process.env, process.getuid?.() ?? -1));
    const open = await openScenario(relative(folder, this.#file), {
      options,
      testNamePattern: globalConfig.testNamePattern,
      maxWorkers: globalConfig.maxWorkers,
      attach: (signal) => attachToRun(toldCluster(process.env), options, providers, signal),
      instruments: realInstruments,
    });
    this.#open = open;
    (this.global as Record<symbol, unknown>)[registration] = open.register;
  }

  override async teardown(): Promise<void> {
    await this.#open?.[Symbol.asyncDispose]();
    await super.teardown();
  }
}

const optionsOf = ({ rootDir, globals }: Parameters[0]['projectConfig'], folder: string): JestOptions => {
  try {
    return readOptions({ globals: globals.netclaims, rootDir, env: process.env, folder });
  } catch (error) {
    throw plainError(describeError(error));
  }
};
