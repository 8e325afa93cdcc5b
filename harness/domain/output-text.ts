/*
 * Outputs are bytes, and expressions compare texts. Decoding what is not UTF-8 with U+FFFD would make different bytes equal. So each byte
 * that is no part of a character becomes one lone surrogate, U+DC80 to U+DCFF, which no UTF-8 text has: different bytes stay different,
 * JSON carries them, and the bytes can be had back.
 */

/** The text of an output, from which `outputBytes` gets the same bytes back. */
export const outputText = (bytes: Uint8Array): string => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const plain = buffer.toString('utf8');
  // What replaces odd bytes may also have been printed; then the slower way gives the same text.
  return plain.includes('\ufffd') ? withEscapes(buffer) : plain;
};

/** In one block of memory: a binary output may be of many million odd bytes. */
const withEscapes = (buffer: Buffer): string => {
  const units = Buffer.allocUnsafe(2 * buffer.length);
  let end = 0;
  for (let at = 0; at < buffer.length;) {
    const length = characterLength(buffer, at);
    if (length === 0) end = units.writeUInt16LE(firstEscape + (buffer[at] ?? 0), end);
    else if (length === 1) end = units.writeUInt16LE(buffer[at] ?? 0, end);
    else end += units.write(buffer.toString('utf8', at, at + length), end, 'utf16le');
    at += Math.max(1, length);
  }
  return units.toString('utf16le', 0, end);
};

/** The bytes of an output. */
export const outputBytes = (text: string): Buffer => {
  const bytes = Buffer.allocUnsafe(Buffer.byteLength(text));
  let end = 0;
  let from = 0;
  for (const { index } of text.matchAll(everyEscape)) {
    end += bytes.write(text.slice(from, index), end, 'utf8');
    end = bytes.writeUInt8(text.charCodeAt(index) - firstEscape, end);
    from = index + 1;
  }
  return bytes.subarray(0, end + bytes.write(text.slice(from), end, 'utf8'));
};

/** Where the first byte lies that is no UTF-8; undefined for a text. */
export const firstOddByte = (text: string): number | undefined => {
  const at = text.search(escaped);
  return at < 0 ? undefined : Buffer.byteLength(text.slice(0, at));
};

const firstEscape = 0xdc00;

/** With the flag `u`, half of a pair does not match. */
const escaped = /[\u{dc80}-\u{dcff}]/u;
const everyEscape = new RegExp(escaped, 'gu');

/** How many bytes the character at a place has; 0 where there is none. As Unicode has it: no overlong forms, no surrogates. */
const characterLength = (bytes: Uint8Array, at: number): number => {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const second = bytes[at + 1] ?? 0;
  const within = (low: number, high: number) => second >= low && second <= high;
  const continues = (offset: number) => ((bytes[at + offset] ?? 0) & 0xc0) === 0x80;
  if (first >= 0xc2 && first <= 0xdf) return continues(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const fits = first === 0xe0 ? within(0xa0, 0xbf) : first === 0xed ? within(0x80, 0x9f) : continues(1);
    return fits && continues(2) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const fits = first === 0xf0 ? within(0x90, 0xbf) : first === 0xf4 ? within(0x80, 0x8f) : continues(1);
    return fits && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
};
