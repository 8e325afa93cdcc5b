import { clusterProviders } from '../clusters/index.js';
import {
  missingCommands,
  preferredCommands,
  shortages,
  type Shortage,
} from '../clusters/containerd/requirements.js';
import { runCommand } from '../clusters/command.js';
import { findCommand } from '../clusters/find-command.js';
import { NetclaimsError } from '../domain/error.js';
import { requiredTools } from '../facts/required-tools.js';
import { exitCode, type ExitCode } from './exit-code.js';
import type { Terminal } from './terminal.js';

const installTimeoutMs = 900_000;

/** `netclaims doctor`: which clusters this machine can make, and what to install for the rest; with `install`, installs it. */
export const doctor = async (
  { install }: { readonly install: boolean },
  terminal: Terminal,
): Promise<ExitCode> => {
  const missing = distinct([...(await shortages()), ...(await missingCommands(requiredTools))]);
  const preferred = await missingCommands(preferredCommands);
  if (install && missing.length + preferred.length > 0) {
    await installPackages([...missing, ...preferred], terminal);
    return doctor({ install: false }, terminal);
  }
  const providers = clusterProviders(terminal.machine);
  const refusals = await Promise.all(providers.map((provider) => provider.refusal()));
  const lines = providers.flatMap(({ name }, index) => {
    const refusal = refusals[index];
    return refusal === undefined
      ? [`${name}  can be used here`]
      : [`${name}  cannot be used here: ${refusal.reason}`, `  → ${refusal.remedy}`];
  });
  const lacks = [
    ...missing.map((shortage) => `missing: ${describe(shortage)}`),
    ...preferred.map((shortage) => `better with: ${describe(shortage)}`),
  ];
  terminal.result([...lines, ...lacks, ''].join('\n'));
  return refusals.includes(undefined) && missing.length === 0 ? exitCode.holds : exitCode.unknown;
};

/**
 * By what is missing rather than by a fixed list of packages: a containerd from elsewhere is never replaced by the distribution's,
 * which would take the machine's Docker with it.
 */
const installPackages = async (missing: readonly Shortage[], terminal: Terminal): Promise<void> => {
  const packages = [...new Set(missing.map((requirement) => requirement.package))].sort();
  const byHand = `install ${packages.join(' ')}`;
  if ((await findCommand('apt-get')) === undefined) {
    throw new NetclaimsError({
      code: 'cluster/not-installed',
      what: `this is no Debian or Ubuntu, so nothing was installed`,
      evidence: missing.map(({ what, purpose }) => `${what}: ${purpose}`),
      remedy: `${byHand}, by whatever names your distribution has for them`,
    });
  }
  terminal.progress(`installing ${packages.join(' ')}\n`);
  const apt = (...argv: readonly string[]) =>
    runCommand(
      ['apt-get', '--quiet', '--assume-yes', ...argv],
      {
        timeoutMs: installTimeoutMs,
        env: { ...terminal.machine.registryEnv, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
      },
      terminal.signal,
    );
  const wanted = ['install', '--no-install-recommends', ...packages];
  let result = await apt(...wanted);
  // The machine's lists may be missing or too old to find the packages by.
  if (result.exitCode !== 0 && (await apt('update')).exitCode === 0) result = await apt(...wanted);
  if (result.exitCode !== 0) {
    throw new NetclaimsError({
      code: 'cluster/not-installed',
      what: `apt-get could not install ${packages.join(' ')}`,
      evidence: result.stderr.trim().split('\n').slice(-5),
      remedy: `${byHand} by hand, as root`,
    });
  }
};

const describe = ({ what, package: name, purpose }: Shortage): string =>
  `${what} (package ${name}): ${purpose}`;

/** Some commands are needed for more than one thing. */
const distinct = (all: readonly Shortage[]): readonly Shortage[] => [
  ...new Map(all.map((shortage) => [shortage.what, shortage])).values(),
];
