import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { load } from 'js-yaml';
import type { Facts } from '../../../domain/fact-types.js';
import { packageFile } from '../../package-file.js';

/** A network as a file in networks/ describes it. */
export interface NetworkDescription {
  /** As a CNI configuration list has them; `ipamMark` stands for how a node's pods get their addresses. */
  readonly plugins: readonly object[];
  readonly looks: Facts<'Network'>;
}

/** What a description has in the place of a plugin's `ipam`. */
export const ipamMark = '{{ .IPAM }}';

/** The networks that are described, and the plugins that can follow theirs, by name. */
export interface Descriptions {
  readonly networks: readonly string[];
  readonly further: readonly string[];
}

export const describedNetworks = async (): Promise<Descriptions> => {
  const [networks, further] = await Promise.all([namesIn('networks'), namesIn('networks', 'further')]);
  return { networks, further };
};

/** The network of a name, and of it alone: `bridge`. */
export const readDescription = async (name: string): Promise<NetworkDescription> =>
  (await read('networks', `${name}.yaml`)) as NetworkDescription;

/** The configuration of a plugin that can follow those of a network. */
export const readFurther = async (name: string): Promise<object> =>
  (await read('networks', 'further', `${name}.yaml`)) as object;

const namesIn = async (...folder: readonly string[]): Promise<readonly string[]> =>
  (await readdir(packageFile(...folder)))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'))
    .sort();

const read = async (...path: readonly string[]): Promise<unknown> => {
  const file = packageFile(...path);
  return load(await readFile(file, 'utf8'), { filename: file });
};
