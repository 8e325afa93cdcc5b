import process from 'node:process';
import { quote } from 'zx/core';
import { runCommand } from '../clusters/command.js';
import type { UsersMachine } from '../run/tutorial/kubectl-access.js';
import type { ClusterRequest } from '../session/open-cluster.js';

/** What kubectl needs of the environment to find clusters and to sign in. */
const passed = ['PATH', 'HOME', 'USER', 'KUBECONFIG', 'LANG', 'LC_ALL'] as const;

/** The machine of whoever runs netclaims, as a place for the commands of a document. */
export const usersMachine = ({
  kubeconfig,
  context,
  allowHost,
}: Pick<ClusterRequest, 'kubeconfig' | 'context'> & { readonly allowHost: boolean }): UsersMachine => ({
  shell: {
    exec: ({ argv, env: own, stdin, timeoutMs }, signal) => {
      const env = Object.fromEntries(
        passed.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
      );
      return runCommand(
        argv,
        { timeoutMs, env: { ...env, ...own }, ...(stdin === undefined ? {} : { stdin }) },
        signal,
      );
    },
    replay: ({ argv }) => argv.map(quote).join(' '),
  },
  allowed: allowHost,
  options: [
    ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]),
    ...(context === undefined ? [] : ['--context', context]),
  ],
});
