import { directoryArgv } from './directory.js';

/** Where libcni keeps the result of each ADD until its DEL, as NETWORK-CONTAINER-INTERFACE. */
export const cniResultsArgv = directoryArgv('/var/lib/cni/results');
