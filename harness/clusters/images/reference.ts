import { NetclaimsError } from '../../domain/error.js';

const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const path = new RegExp(`^${component}(?:/${component})*$`);
const domain =
  /^(?:\[[0-9a-fA-F:]+\]|[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*)(?::[0-9]+)?$/;
const tag = /^[\w][\w.-]{0,127}$/;
const digest = /^sha256:[0-9a-f]{64}$/;

/**
 * The full name of an image, as container runtimes store it: `nginx` is `docker.io/library/nginx:latest`.
 * A name with a tag and a digest keeps the digest only, as the CRI has it.
 * @throws NetclaimsError `image/bad-reference`
 */
export const normalizeReference = (reference: string): string => {
  const [name = '', ...digests] = reference.split('@');
  // A colon before the last slash belongs to a registry's port.
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
  const [repository, tagged] =
    colon === -1 ? [name, undefined] : [name.slice(0, colon), name.slice(colon + 1)];
  const { host, rest } = splitHost(repository);

  if (!domain.test(host)) throw badReference(reference, `\`${host}\` is no registry's name`);
  if (!path.test(rest)) {
    throw badReference(reference, `\`${rest}\` is no image's name: lower-case words joined by . _ - and /`);
  }
  if (tagged !== undefined && !tag.test(tagged)) throw badReference(reference, `\`${tagged}\` is no tag`);
  if (digests.length > 1 || digests.some((text) => !digest.test(text))) {
    throw badReference(reference, `\`${digests.join('@')}\` is no digest: sha256: and 64 hexadecimal digits`);
  }
  return `${host}/${rest}${digests[0] === undefined ? `:${tagged ?? 'latest'}` : `@${digests[0]}`}`;
};

/** What stands before the first slash is a registry if it cannot be a part of a Docker Hub name. */
const splitHost = (repository: string): { readonly host: string; readonly rest: string } => {
  const slash = repository.indexOf('/');
  const first = repository.slice(0, slash);
  const hub = slash === -1 || !(first === 'localhost' || /[.:A-Z[]/.test(first));
  const host = hub || first === 'index.docker.io' ? 'docker.io' : first;
  const rest = hub ? repository : repository.slice(slash + 1);
  return { host, rest: host === 'docker.io' && !rest.includes('/') ? `library/${rest}` : rest };
};

const badReference = (reference: string, why: string): NetclaimsError =>
  new NetclaimsError({
    code: 'image/bad-reference',
    what: `\`${reference}\` does not name an image`,
    evidence: [why],
    remedy: 'write it as [REGISTRY/]NAME[:TAG] or [REGISTRY/]NAME@sha256:DIGEST',
  });
