import { splitScript } from '../../tutorial/shell/statements.js';

/** Commands that change nothing however they are called, and those that do not as long as their first words are these. */
const readers: Readonly<Record<string, RegExp>> = {
  ip: /^(-\S+ )*(addr|address|a|link|l|route|r|rule|neigh|neighbour|netns)?( (show|list|ls)( .*)?)?$/,
  lsns: /^/,
  ps: /^/,
  ls: /^/,
  cat: /^/,
  ss: /^/,
  bridge: /^(-\S+ )*\w+ show/,
  ethtool: /^-[Si] /,
  kubectl: /^get /,
};

/** Whether a pipeline is known to do nothing but to read, so that it may be run once more. */
export const readsOnly = (source: string): boolean => {
  const pipeline = splitScript(source).statements[0]?.pipeline ?? [];
  return (
    pipeline.length > 0 &&
    pipeline.every(
      ({ words: [name = '', ...rest], plain }) => plain && readers[name]?.test(rest.join(' ')) === true,
    )
  );
};
