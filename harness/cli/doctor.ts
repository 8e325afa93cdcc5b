import type { Shortage } from '../clusters/containerd/requirements.js';
import { NetclaimsError } from '../domain/error.js';
import { exitCode, type ExitCode } from './exit-code.js';
import type { Terminal } from './terminal.js';

/** `netclaims doctor`: which clusters this machine can make, and what to install for the rest; with `install`, installs it. */
export const doctor = async (
  { install }: { readonly install: boolean },
  terminal: Terminal,
): Promise<ExitCode> => {
  const { providers, workshop } = terminal;
  const [missing, preferred] = await Promise.all([workshop.missing(), workshop.preferred()]);
  if (install && missing.length + preferred.length > 0) {
    await installPackages([...missing, ...preferred], terminal);
    return doctor({ install: false }, terminal);
  }
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
  // A cluster that exists needs nothing of this machine, and so says nothing of it.
  const canMakeOne = providers.some(
    ({ name }, index) => name !== 'kubeconfig' && refusals[index] === undefined,
  );
  return canMakeOne && missing.length === 0 ? exitCode.holds : exitCode.unknown;
};

/**
 * By what is missing rather than by a fixed list of packages: a containerd from elsewhere is never replaced by the distribution's,
 * which would take the machine's Docker with it.
 */
const installPackages = async (
  missing: readonly Shortage[],
  { workshop, progress, signal }: Terminal,
): Promise<void> => {
  const packages = [...new Set(missing.map((requirement) => requirement.package))].sort();
  const byHand = `install ${packages.join(' ')}`;
  progress(`installing ${packages.join(' ')}\n`);
  const wanted = ['install', '--no-install-recommends', ...packages];
  const first = await workshop.apt(wanted, signal);
  if (first === undefined) {
    throw new NetclaimsError({
      code: 'cluster/not-installed',
      what: `this is no Debian or Ubuntu, so nothing was installed`,
      evidence: missing.map(({ what, purpose }) => `${what}: ${purpose}`),
      remedy: `${byHand}, by whatever names your distribution has for them`,
    });
  }
  if (first.exitCode === 0) return;
  // The machine's lists may be missing or too old to find the packages by.
  const update = await workshop.apt(['update'], signal);
  const second = update?.exitCode === 0 ? await workshop.apt(wanted, signal) : undefined;
  const last = second ?? first;
  if (last.exitCode !== 0) {
    throw new NetclaimsError({
      code: 'cluster/not-installed',
      what: `apt-get could not install ${packages.join(' ')}`,
      evidence: last.stderr.trim().split('\n').slice(-5),
      remedy: `${byHand} by hand, as root`,
    });
  }
};

const describe = ({ what, package: name, purpose }: Shortage): string =>
  `${what} (package ${name}): ${purpose}`;
