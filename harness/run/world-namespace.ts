/** The longest DNS label. */
const longest = 63;

/**
 * A namespace's name for one world: a DNS label that shows whose it is and that no other world of any run has.
 * `token` tells runs apart, `number` the worlds of a run, whatever becomes of two names that are alike once cut.
 */
export const worldNamespace = (
  scenario: string,
  control: string | null,
  token: string,
  number: number,
): string => {
  const end = `-${slug(token)}-${number}`;
  const start = slug(['netclaims', scenario, ...(control === null ? [] : [control])].join('-'));
  return `${start.slice(0, longest - end.length).replace(/-+$/, '')}${end}`;
};

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
