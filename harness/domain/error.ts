/**
 * An error that a person can act on: what happened, the evidence, and a remedy, under a code that stays the same.
 * `cluster/…`, `probe/…`, `pod/…`, `image/…`, `usage/…`: the part before the slash says who is to look.
 */
export class NetclaimsError extends Error {
  readonly code: string;
  readonly evidence: readonly string[];
  readonly remedy: string;

  constructor(parts: {
    readonly code: string;
    readonly what: string;
    readonly evidence?: readonly string[];
    readonly remedy?: string;
    readonly cause?: unknown;
  }) {
    super(parts.what, { cause: parts.cause });
    this.name = 'NetclaimsError';
    this.code = parts.code;
    this.evidence = parts.evidence ?? [];
    this.remedy = parts.remedy ?? '';
  }
}

/** The one composition of an error's text: `code: what`, the evidence indented, the remedy behind an arrow. */
export const describeError = (error: unknown): string => {
  if (!(error instanceof NetclaimsError)) return error instanceof Error ? error.message : String(error);
  return [
    `${error.code}: ${error.message}`,
    ...error.evidence.flatMap((item) => item.split('\n')).map((line) => `  ${line}`),
    ...(error.remedy === '' ? [] : [`→ ${error.remedy}`]),
  ].join('\n');
};
