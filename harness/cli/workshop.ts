import { runCommand } from '../clusters/command.js';
import {
  missingCommands,
  preferredCommands,
  shortages,
  type Shortage,
} from '../clusters/containerd/requirements.js';
import { findCommand } from '../clusters/find-command.js';
import type { Machine } from '../clusters/machine.js';
import type { CommandResult } from '../domain/cluster.js';
import { requiredTools } from '../facts/required-tools.js';

/** What `doctor` looks at on a machine, and what it installs with. */
export interface Workshop {
  /** What verifying needs and is not installed. */
  missing(): Promise<readonly Shortage[]>;
  /** What makes it better and is not installed. */
  preferred(): Promise<readonly Shortage[]>;
  /** Runs apt-get without questions; undefined where this is no Debian or Ubuntu. */
  apt(argv: readonly string[], signal: AbortSignal): Promise<CommandResult | undefined>;
}

const installTimeoutMs = 900_000;

/** The workshop of this machine. */
export const workshopOf = ({ registryEnv }: Machine): Workshop => ({
  missing: async () => distinct([...(await shortages()), ...(await missingCommands(requiredTools))]),
  preferred: () => missingCommands(preferredCommands),
  async apt(argv, signal) {
    if ((await findCommand('apt-get')) === undefined) return undefined;
    return runCommand(
      ['apt-get', '--quiet', '--assume-yes', ...argv],
      {
        timeoutMs: installTimeoutMs,
        env: { ...registryEnv, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
      },
      signal,
    );
  },
});

/** Some commands are needed for more than one thing. */
const distinct = (all: readonly Shortage[]): readonly Shortage[] => [
  ...new Map(all.map((shortage) => [shortage.what, shortage])).values(),
];
