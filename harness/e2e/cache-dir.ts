import { machine } from './machine.js';

/** Tests that make real clusters share their images with each other and with `netclaims verify`. */
export const { cacheDir } = machine;
