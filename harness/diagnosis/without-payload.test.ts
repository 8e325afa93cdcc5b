import { describe, expect, it } from '@jest/globals';
import { withoutPayload } from './without-payload.js';

const bytes = (...parts: readonly (string | readonly number[] | Buffer)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));
const zeros = (length: number): readonly number[] => Array.from({ length }, () => 0);

const ethernet = (protocol: number) => bytes(zeros(12), [protocol >> 8, protocol & 0xff]);
const ipv4 = (protocol: number, rest: Buffer, options = 0, fragment = 0) =>
  bytes(
    [0x45 + options, ...zeros(5), fragment >> 8, fragment & 0xff, 64, protocol, ...zeros(10 + options * 4)],
    rest,
  );
const ipv6 = (next: number, rest: Buffer) => bytes([0x60, ...zeros(5), next, ...zeros(33)], rest);
const tcp = (words: number, payload: string) =>
  bytes(zeros(12), [words << 4], zeros(words * 4 - 13), payload);
const udp = (from: number, to: number, payload: string) =>
  bytes([from >> 8, from & 0xff, to >> 8, to & 0xff, ...zeros(4)], payload);
const icmp = (type: number, rest: string) => bytes([type, ...zeros(7)], rest);

/** A capture of these packets, in one of the byte orders. */
const capture = (link: number, packets: readonly Buffer[], big = false): Buffer => {
  const number = (value: number) => {
    const four = Buffer.alloc(4);
    if (big) four.writeUInt32BE(value);
    else four.writeUInt32LE(value);
    return four;
  };
  const records = packets.map((packet) =>
    bytes(number(1), number(2), number(packet.length), number(packet.length + 1_000), packet),
  );
  return bytes(number(0xa1b2c3d4), zeros(12), number(262), number(link), ...records);
};

/** The packets of a capture, and how long each was on the wire. */
const packetsOf = (file: Uint8Array, big = false) => {
  const all = Buffer.from(file);
  const number = (at: number) => (big ? all.readUInt32BE(at) : all.readUInt32LE(at));
  const found: { readonly packet: Buffer; readonly onTheWire: number }[] = [];
  for (let at = 24; at < all.length;) {
    const length = number(at + 8);
    found.push({ packet: all.subarray(at + 16, at + 16 + length), onTheWire: number(at + 12) });
    at += 16 + length;
  }
  return found;
};

const secret = 'Authorization: Bearer abc';

describe('a capture', () => {
  it.each([
    ['TCP', bytes(ethernet(0x0800), ipv4(6, tcp(5, secret))), 14 + 20 + 20],
    [
      'TCP with options, in IP with options',
      bytes(ethernet(0x0800), ipv4(6, tcp(8, secret), 2)),
      14 + 28 + 32,
    ],
    ['TCP in IPv6', bytes(ethernet(0x86dd), ipv6(6, tcp(5, secret))), 14 + 40 + 20],
    ['UDP', bytes(ethernet(0x0800), ipv4(17, udp(4_000, 4_001, secret))), 14 + 20 + 8],
    ['a later fragment', bytes(ethernet(0x0800), ipv4(17, Buffer.from(secret), 0, 0x2010)), 14 + 20],
    ['an echo', bytes(ethernet(0x0800), ipv4(1, icmp(8, secret))), 14 + 20 + 8],
    ['an echo in IPv6', bytes(ethernet(0x86dd), ipv6(58, icmp(128, secret))), 14 + 40 + 8],
    [
      'an error about a packet',
      bytes(ethernet(0x0800), ipv4(1, bytes(icmp(3, ''), ipv4(17, udp(1, 2, secret))))),
      14 + 20 + 36,
    ],
    ['a protocol that is not known', bytes(ethernet(0x0800), ipv4(132, Buffer.from(secret))), 14 + 20],
    ['what is no IP', bytes(ethernet(0x88cc), secret), 14],
  ])('has of %s the headers, and how long it was', (_, packet, kept) => {
    for (const big of [false, true]) {
      const [found] = packetsOf(withoutPayload(capture(1, [packet], big)), big);
      expect(found).toEqual({ packet: packet.subarray(0, kept), onTheWire: packet.length + 1_000 });
    }
  });

  it.each([
    ['ARP', bytes(ethernet(0x0806), zeros(28))],
    ['a question of DNS', bytes(ethernet(0x0800), ipv4(17, udp(4_000, 53, 'example')))],
    ['an answer of DNS', bytes(ethernet(0x86dd), ipv6(17, udp(53, 4_000, 'example')))],
    [
      'a report of groups',
      bytes(ethernet(0x86dd), ipv6(0, bytes([58, ...zeros(7)], icmp(143, 'x'.repeat(20))))),
    ],
    ['neighbour discovery', bytes(ethernet(0x86dd), ipv6(58, icmp(135, 'x'.repeat(24))))],
  ])('has all of %s', (_, packet) => {
    expect(packetsOf(withoutPayload(capture(1, [packet])))).toMatchObject([{ packet }]);
  });

  it('is read as tcpdump writes it of all links', () => {
    const packet = ipv4(6, tcp(5, secret));
    const [v2, v1] = [bytes([0x08, 0x00], zeros(18), packet), bytes(zeros(14), [0x08, 0x00], packet)];
    expect(packetsOf(withoutPayload(capture(276, [v2, v2]))).map((one) => one.packet.length)).toEqual([
      60, 60,
    ]);
    expect(packetsOf(withoutPayload(capture(113, [v1]))).map((one) => one.packet.length)).toEqual([56]);
  });

  it('keeps nothing of packets of a link that is not known, nor half a packet', () => {
    expect(packetsOf(withoutPayload(capture(999, [Buffer.from(secret)])))).toMatchObject([
      { onTheWire: 1_025 },
    ]);
    const whole = capture(1, [bytes(ethernet(0x0800), ipv4(6, tcp(5, secret)))]);
    expect(packetsOf(withoutPayload(whole.subarray(0, -1)))).toEqual([]);
    for (let length = 24; length < whole.length; length += 1) {
      expect(withoutPayload(whole.subarray(0, length))).toHaveLength(24);
    }
  });

  it('is refused when it is none', () => {
    expect(() => withoutPayload(Buffer.from('tcpdump: no such device'))).toThrow('packet capture');
    expect(() => withoutPayload(Buffer.alloc(0))).toThrow('packet capture');
  });
});
