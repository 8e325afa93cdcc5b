import { NetclaimsError } from '../../../domain/error.js';
import type { ApiStatus } from './api-error.js';

/** How a command ended, as the last message of its stream says. */
export type ExecStatus = ApiStatus & { readonly status?: string };

export const readExecStatus = (text: string): ExecStatus => {
  try {
    const status = JSON.parse(text) as ExecStatus | null;
    if (typeof status === 'object' && status !== null) return status;
  } catch {
    // Said below.
  }
  return { message: text };
};

/** The command's exit code. @throws NetclaimsError `probe/not-started` when it was not run at all */
export const exitOf = (status: ExecStatus, subject: string): number => {
  if (status.status === 'Success') return 0;
  const code = status.details?.causes?.find(({ reason }) => reason === 'ExitCode')?.message;
  if (status.reason === 'NonZeroExitCode' && code !== undefined && /^[0-9]+$/.test(code)) return Number(code);
  throw new NetclaimsError({
    code: 'probe/not-started',
    what: `${subject} could not be started`,
    evidence: [status.message ?? 'the server does not say why'],
    remedy:
      "see that the container runs and that its image has the command; `in: {netns: POD}` uses the node's own tools",
  });
};
