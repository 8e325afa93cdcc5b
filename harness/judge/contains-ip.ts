import { BlockList, isIP } from 'node:net';
import { failed } from './no-value.js';

/** Whether a range such as `10.244.0.0/24` or `fd00::/64` has an address. What is neither is a mistake, not false. */
export const containsIP = (range: string, address: string): boolean => {
  const [network = '', prefix = ''] = range.split('/');
  const family = familyOf(network);
  const bits = Number(prefix);
  const most = family === 'ipv6' ? 128 : 32;
  if (family === undefined || !/^[0-9]{1,3}$/.test(prefix) || bits > most) {
    throw failed(`"${range}" is no range of addresses`);
  }
  const own = familyOf(address);
  if (own === undefined) throw failed(`"${address}" is no address`);
  const list = new BlockList();
  list.addSubnet(network, bits, family);
  return own === family && list.check(address, own);
};

const familyOf = (address: string): 'ipv4' | 'ipv6' | undefined =>
  (({ 4: 'ipv4', 6: 'ipv6' }) as const)[isIP(address) as 4 | 6];
