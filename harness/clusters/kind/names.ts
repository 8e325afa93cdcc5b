import { randomBytes } from 'node:crypto';
import { NetclaimsError } from '../../domain/error.js';

/** The names of a cluster's nodes as `kind` gives them, the control plane first: c-control-plane, c-worker, c-worker2. */
export const nodeNames = (cluster: string, nodes: number): readonly string[] =>
  Array.from({ length: nodes }, (_, index) => {
    if (index === 0) return `${cluster}-control-plane`;
    return index === 1 ? `${cluster}-worker` : `${cluster}-worker${index}`;
  });

/** Each cluster has a network of its own, so that it goes with it and touches no other's. */
export const networkName = (cluster: string): string => `kind-${cluster}`;

/** A name for a cluster that nobody will look for. */
export const anyName = (): string => `netclaims-${randomBytes(3).toString('hex')}`;

/**
 * Refuses what cannot be the first part of a host's name.
 * @throws NetclaimsError `usage/bad-name`
 */
export const checkName = (name: string): void => {
  if (/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/.test(name)) return;
  throw new NetclaimsError({
    code: 'usage/bad-name',
    what: `\`${name}\` cannot be a cluster's name`,
    remedy: 'use up to 40 lower-case letters, digits and hyphens',
  });
};
