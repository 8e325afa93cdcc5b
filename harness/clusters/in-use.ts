import { NetclaimsError } from '../domain/error.js';

/** Another run has the cluster, and nobody is to wait for it. */
export const clusterInUse = (holder: string): NetclaimsError =>
  new NetclaimsError({
    code: 'cluster/in-use',
    what: `${holder} uses the cluster`,
    remedy: 'wait until it ends, or run again without --no-wait',
  });

/** Somebody else may have been on the cluster since. */
export const lockLost = (why: string, remedy: string): NetclaimsError =>
  new NetclaimsError({
    code: 'cluster/lock-lost',
    what: `the lock on the cluster was lost while worlds ran: ${why}`,
    remedy,
  });
