import type { Ended } from './answers.js';
import { oneLine, succeeded } from './printed.js';

export const ethtoolArgv = (link: string) => ['ethtool', '-S', link] as const;

/** The ifindex of a veth's other end by the driver's own statistics. */
export const parsePeerIfindex = (answer: Ended): number => {
  const found = /^ *peer_ifindex: ([0-9]+)\n/m.exec(succeeded(answer))?.[1];
  if (found === undefined) throw new Error(`printed no peer_ifindex: ${oneLine(answer.stdout)}`);
  return Number(found);
};
