import type { Place } from '../markdown/document.js';
import type { Statement } from '../shell/statements.js';

/** What changes the machine of whoever reads the tutorial, and has nothing to do on a node. */
const onTheMachine = new Set([
  ...[
    'docker',
    'podman',
    'kind',
    'minikube',
    'k3d',
    'helm',
    'git',
    'make',
    'npm',
    'npx',
    'pip',
    'go',
    'cargo',
    'netclaims',
  ],
  ...[
    'brew',
    'apt',
    'apt-get',
    'dnf',
    'yum',
    'pacman',
    'apk',
    'snap',
    'systemctl',
    'modprobe',
    'reboot',
    'shutdown',
  ],
]);

/** Where a statement is run whose author does not say it: what needs a kubeconfig where kubectl is, the rest on a node. */
export const defaultPlace = ({ commands, source }: Statement): Place => {
  const names = commands.map(({ words }) => commandName(words));
  if (names.some((name) => onTheMachine.has(name))) return { kind: 'host' };
  if (names.includes('kubectl') || /\$\([^)]*\bkubectl\b|`[^`]*\bkubectl\b/.test(source))
    return { kind: 'shell' };
  return { kind: 'node', node: undefined };
};

/** The command that words run, behind `sudo`. */
export const commandName = ([first = '', ...rest]: readonly string[]): string => {
  if (first !== 'sudo') return first.split('/').at(-1) ?? '';
  const next = rest.findIndex((word) => !word.startsWith('-'));
  return next === -1 ? 'sudo' : commandName(rest.slice(next));
};
