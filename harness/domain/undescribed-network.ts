import type { Facts } from './fact-types.js';

/** Of a network that nothing says the looks of. */
export const undescribedNetwork: Facts<'Network'> = { eth0: '', master: '', gateway: '', routes: [] };
