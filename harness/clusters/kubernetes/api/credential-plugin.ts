import { env } from 'node:process';
import type { KubeConfig } from '@kubernetes/client-node';
import type { CommandResult } from '../../../domain/cluster.js';
import { NetclaimsError } from '../../../domain/error.js';
import { runCommand } from '../../command.js';
import { abortable } from './abortable.js';
import { anyText, listOf, objectOf, optional, readShape } from './answer-shape.js';

/** What the `exec` of a kubeconfig's user says: a program that prints credentials. */
interface PluginCall {
  readonly apiVersion: string;
  readonly command: string;
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value: string }[];
  readonly installHint?: string;
}

const pluginCall = objectOf<PluginCall>({
  apiVersion: anyText,
  command: anyText,
  args: optional(listOf(anyText)),
  env: optional(listOf(objectOf<{ name: string; value: string }>({ name: anyText, value: anyText }))),
  installHint: optional(anyText),
});

/** What such a program prints. */
interface Credentials {
  readonly token?: string;
  readonly clientCertificateData?: string;
  readonly clientKeyData?: string;
  readonly expirationTimestamp?: string;
}

const credential = objectOf<{ readonly status: Credentials }>({
  status: objectOf<Credentials>({
    token: optional(anyText),
    clientCertificateData: optional(anyText),
    clientKeyData: optional(anyText),
    expirationTimestamp: optional(anyText),
  }),
});

/** Gives the credentials of a plugin, which is asked once, and again when they have expired. Disposing of it ends a plugin that still runs. */
export interface CredentialPlugin extends Disposable {
  /** @throws NetclaimsError `usage/credential-plugin`, `cluster/credentials` */
  credentials(signal: AbortSignal): Promise<Credentials>;
}

const pluginMs = 30_000;

/** The plugin of the current user; undefined where it has none. @throws NetclaimsError `usage/kubeconfig` */
export const credentialPlugin = (
  kubeConfig: KubeConfig,
  timeoutMs = pluginMs,
): CredentialPlugin | undefined => {
  const user = kubeConfig.getCurrentUser();
  if (user?.exec === undefined || user.exec === null) return undefined;
  const call = readShape(pluginCall, user.exec, (why) => badCall(user.name, why));
  const over = new AbortController();
  let known: Promise<Credentials> | undefined;
  const ask = () => {
    const asked = run(call, timeoutMs, over.signal);
    known = asked;
    // What failed is told, and tried again by whoever asks next.
    asked.catch(() => (known = undefined));
    return asked;
  };
  return {
    async credentials(signal) {
      const last = known === undefined ? undefined : await abortable(known, signal);
      return last === undefined || hasExpired(last) ? abortable(ask(), signal) : last;
    },
    [Symbol.dispose]: () => over.abort(),
  };
};

/** The same kubeconfig, whose user's plugin nobody else runs. */
export const withoutPlugin = (kubeConfig: KubeConfig): KubeConfig =>
  Object.assign(Object.create(Object.getPrototypeOf(kubeConfig) as object) as KubeConfig, kubeConfig, {
    users: kubeConfig.users.map((user) => ({ ...user, exec: undefined })),
  });

const hasExpired = ({ expirationTimestamp }: Credentials): boolean =>
  expirationTimestamp !== undefined && !(Date.parse(expirationTimestamp) > Date.now());

const run = async (call: PluginCall, timeoutMs: number, signal: AbortSignal): Promise<Credentials> => {
  const { command, args = [], apiVersion } = call;
  const info = { kind: 'ExecCredential', apiVersion, spec: { interactive: false } };
  const variables = {
    ...(env as Readonly<Record<string, string>>),
    KUBERNETES_EXEC_INFO: JSON.stringify(info),
    ...Object.fromEntries((call.env ?? []).map(({ name, value }) => [name, value])),
  };
  let result: CommandResult;
  try {
    result = await runCommand([command, ...args], { timeoutMs, env: variables }, signal);
  } catch (error) {
    throw error instanceof NetclaimsError ? notRun(call, timeoutMs, error) : error;
  }
  if (result.exitCode !== 0) {
    const lines = result.stderr.trim().split('\n').slice(-5);
    throw failed(command, [`it ended with ${result.exitCode}`, ...lines.filter(Boolean)]);
  }
  // What it prints is secret, and so is no evidence.
  const value = parsed(result.stdout);
  if (value === undefined) throw failed(command, ['what it printed is not JSON']);
  return readShape(credential, value, (why) =>
    failed(command, [`what it printed is no ExecCredential: ${why}`]),
  ).status;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const notRun = (
  { command, installHint }: PluginCall,
  timeoutMs: number,
  error: NetclaimsError,
): NetclaimsError =>
  error.code === 'probe/not-started'
    ? new NetclaimsError({
        code: 'usage/credential-plugin',
        what: `the credential plugin ${command} of the kubeconfig cannot be started`,
        evidence: [...error.evidence, ...(installHint === undefined ? [] : installHint.trim().split('\n'))],
        cause: error,
      })
    : failed(
        command,
        error.code === 'probe/timeout'
          ? [`it did not end within ${timeoutMs / 1_000} s`, ...error.evidence]
          : [error.message, ...error.evidence],
        error,
      );

const failed = (command: string, evidence: readonly string[], cause?: unknown): NetclaimsError =>
  new NetclaimsError({
    code: 'cluster/credentials',
    what: `the credential plugin ${command} of the kubeconfig gave no credentials`,
    evidence,
    cause,
  });

const badCall = (user: string, why: string): NetclaimsError =>
  new NetclaimsError({
    code: 'usage/kubeconfig',
    what: `the user ${user} of the kubeconfig has an \`exec\` that cannot be used`,
    evidence: [why],
  });
