/** How text may look where it is written. */
export interface Style {
  readonly colour: boolean;
  /** Whether what was written can be written over. */
  readonly live: boolean;
  readonly columns: number;
}

/** What of a stream says how it may be written to; a file or a pipe has none of it. */
export interface StreamShape {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const columnsOfFiles = 100;

/** The style of a stream: lines are written over on terminals that can, and coloured there unless NO_COLOR (https://no-color.org) says no. */
export const styleOf = (
  { isTTY, columns }: StreamShape,
  env: Readonly<Record<string, string | undefined>>,
): Style => {
  const live = isTTY === true && env.TERM !== 'dumb';
  return { live, colour: live && (env.NO_COLOR ?? '') === '', columns: columns ?? columnsOfFiles };
};
