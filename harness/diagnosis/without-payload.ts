/**
 * A packet capture with each packet cut behind its headers: what programs said to each other is nobody's who looks at a network, and may be secret.
 * ARP, DNS and neighbour discovery are the network's own and stay. Takes what `tcpdump -w` writes; what is no whole packet at its end is left out.
 * @throws Error when it is no capture
 */
export const withoutPayload = (capture: Uint8Array): Uint8Array => {
  const all = new DataView(capture.buffer, capture.byteOffset, capture.byteLength);
  const order = all.byteLength < fileHeader ? undefined : byteOrders[all.getUint32(0, true)];
  if (order === undefined) throw new Error('it does not begin as a packet capture does');
  const little = order === 'little';
  const link = links[all.getUint32(20, little) & 0xffff];
  const parts: Uint8Array[] = [capture.subarray(0, fileHeader)];
  for (let at = fileHeader; at + recordHeader <= capture.length;) {
    const length = all.getUint32(at + 8, little);
    const begin = at + recordHeader;
    if (begin + length > capture.length) break;
    const packet = capture.subarray(begin, begin + length);
    const kept = packet.subarray(0, link === undefined ? 0 : headersOf(packet, link));
    const header = Uint8Array.from(capture.subarray(at, begin));
    new DataView(header.buffer).setUint32(8, kept.length, little);
    parts.push(header, kept);
    at = begin + length;
  }
  return Buffer.concat(parts);
};

const fileHeader = 24;
const recordHeader = 16;

/** By the first four bytes: of captures with microseconds, and with nanoseconds. */
const byteOrders: Readonly<Record<number, 'little' | 'big'>> = {
  0xa1b2c3d4: 'little',
  0xa1b23c4d: 'little',
  0xd4c3b2a1: 'big',
  0x4d3cb2a1: 'big',
};

/** How long the header of a kind of link is, and where in it the protocol is named; by the numbers of https://www.tcpdump.org/linktypes.html */
const links: Readonly<Record<number, { readonly length: number; readonly protocol: number }>> = {
  1: { length: 14, protocol: 12 },
  113: { length: 16, protocol: 14 },
  276: { length: 20, protocol: 0 },
};

/** How many of a packet's bytes are headers. A header that is not there whole is as long as it is said to be: what is cut cannot be longer than the packet. */
const headersOf = (
  packet: Uint8Array,
  link: { readonly length: number; readonly protocol: number },
): number => {
  const byte = (at: number): number => packet[at] ?? 0;
  const ip = link.length;
  switch (byte(link.protocol) * 256 + byte(link.protocol + 1)) {
    case 0x0806:
      return ip + 28;
    case 0x0800: {
      const end = ip + (byte(ip) & 0x0f) * 4;
      // Only the first fragment has what comes next.
      const isFirst = (byte(ip + 6) & 0x1f) === 0 && byte(ip + 7) === 0;
      return isFirst ? end + transportOf(byte(ip + 9), packet.subarray(end)) : end;
    }
    case 0x86dd:
      return ip + 40 + transportOf(byte(ip + 6), packet.subarray(ip + 40));
    default:
      return ip;
  }
};

const dns = 53;

/** How many bytes of what is in an IP packet are headers, or the network's own. */
const transportOf = (protocol: number, packet: Uint8Array): number => {
  const byte = (at: number): number => packet[at] ?? 0;
  const port = (at: number): number => byte(at) * 256 + byte(at + 1);
  switch (protocol) {
    // What a node on the way is to look at, such as that it is about multicast.
    case 0: {
      const length = (byte(1) + 1) * 8;
      return length + transportOf(byte(0), packet.subarray(length));
    }
    case 6:
      return (byte(12) >> 4) * 4;
    case 17:
      return port(0) === dns || port(2) === dns ? packet.length : 8;
    // An error has the headers of the packet that it is about behind its own.
    case 1:
      return byte(0) === 0 || byte(0) === 8 ? 8 : 8 + 20 + 8;
    case 58:
      return byte(0) < 128 ? 8 + 40 + 8 : byte(0) < 130 ? 8 : 72;
    default:
      return 0;
  }
};
