import { isUnreadable, unreadable, type Facts, type Unreadable } from '../domain/fact-types.js';
import { wordsOf } from '../domain/error.js';
import {
  cniFolder,
  configurationFiles,
  fileArgv,
  parseNetwork,
  podRanges,
  type CniNetwork,
} from './cni-configuration.js';
import { cniResultsArgv } from './cni-results.js';
import { directoryArgv, parseDirectory } from './directory.js';
import { ipamFolder, parseAllocations } from './ipam.js';
import { whenRead, type Readings } from './readings.js';

type Networks = readonly CniNetwork[] | Unreadable;

/** The configured networks, in the order of their files. One file that cannot be read makes all of them unreadable. */
export const readNetworks = (path: string, readings: Readings): Networks => {
  const names = readings.read([`${path}.cni`], { argv: directoryArgv(cniFolder) }, parseDirectory);
  if (isUnreadable(names)) return names;
  const networks: CniNetwork[] = [];
  for (const file of configurationFiles(names)) {
    const isFirst = networks.length === 0;
    const paths = isFirst ? ['cni.networks', 'cni.plugins', 'podCIDRs'].map((fact) => `${path}.${fact}`) : [];
    const network = readings.read(paths, { argv: fileArgv(`${cniFolder}/${file}`) }, parseNetwork);
    if (isUnreadable(network)) return network;
    networks.push(network);
  }
  return networks;
};

export const cniFacts = (path: string, networks: Networks, readings: Readings): Facts<'NodeCni'> => ({
  networks: whenRead(networks, (all) => all.map(({ name }) => name)),
  plugins: whenRead(networks, ([first]) => first?.plugins ?? []),
  results: readings.read([`${path}.cni.results`], { argv: cniResultsArgv }, parseDirectory),
});

/** The addresses given out, by network: those of the usual folder, and those of the folders that the configuration names. */
export const ipamFacts = (path: string, networks: Networks, readings: Readings): Facts<'Node'>['ipam'] => {
  if (isUnreadable(networks)) return networks;
  const usual = readings.read([`${path}.ipam`], { argv: directoryArgv(ipamFolder) }, parseDirectory);
  if (isUnreadable(usual)) return usual;
  const folders = new Map(usual.map((name) => [name, ipamFolder]));
  for (const { name, ipam } of networks) {
    const elsewhere = ipam.find(({ type, dataDir }) => type === 'host-local' && dataDir !== ipamFolder);
    if (elsewhere === undefined) continue;
    const used = readings.read([], { argv: directoryArgv(elsewhere.dataDir) }, parseDirectory);
    if (isUnreadable(used)) return used;
    if (used.includes(name)) folders.set(name, elsewhere.dataDir);
    else folders.delete(name);
  }
  return Object.fromEntries(
    [...folders].map(([name, folder]) => [
      name,
      {
        addresses: readings.read(
          [`${path}.ipam.${name}`],
          { argv: directoryArgv(`${folder}/${name}`) },
          parseAllocations,
        ),
      },
    ]),
  );
};

export const podCidrFacts = (networks: Networks): readonly string[] | Unreadable => {
  if (isUnreadable(networks)) return networks;
  try {
    return podRanges(networks);
  } catch (error) {
    return unreadable(`${cniFolder} ${wordsOf(error)}`);
  }
};
