import { describe, expect, it } from '@jest/globals';
import { Writable } from 'node:stream';
import { outputStream } from './output-streams.js';

/** A stream whose writes fail with these codes, one after the other; undefined lets one through. */
const failing = (...codes: readonly (string | undefined)[]) => {
  const texts: string[] = [];
  const left = [...codes];
  const stream = new Writable({
    autoDestroy: false,
    decodeStrings: false,
    write(text: string, _encoding, done) {
      const code = left.shift();
      if (code === undefined) texts.push(text);
      done(code === undefined ? undefined : Object.assign(new Error(`write ${code}`), { code }));
    },
  });
  return { stream, texts };
};

describe('outputStream', () => {
  it('hands on what is written, in order, and has nothing to say of it', async () => {
    const { stream, texts } = failing();
    const output = outputStream(stream);
    output.write('a');
    output.write('b');
    await output.drained();
    expect(texts).toEqual(['a', 'b']);
    expect(output.failure()).toBeUndefined();
    expect(output.lost.aborted).toBe(false);
  });

  it.each(['EPIPE', 'ECONNRESET'])('takes %s as a reader that has what it wanted', async (code) => {
    const output = outputStream(failing(code).stream);
    output.write('a');
    await output.drained();
    expect(output.failure()).toBeUndefined();
    expect(output.lost.aborted).toBe(true);
  });

  it.each(['ENOSPC', 'EIO', 'EBADF'])('keeps %s as why something did not get through', async (code) => {
    const output = outputStream(failing(code).stream);
    output.write('a');
    await output.drained();
    expect(output.failure()).toMatchObject({ code });
    expect(output.lost.aborted).toBe(true);
  });

  it('is drained, and does not throw, after its stream was destroyed', async () => {
    const { stream } = failing();
    const output = outputStream(stream);
    stream.destroy();
    output.write('a');
    await output.drained();
    expect(output.failure()).toMatchObject({ code: 'ERR_STREAM_DESTROYED' });
  });

  it('keeps a failure when its reader leaves later', async () => {
    const output = outputStream(failing('ENOSPC', 'EPIPE').stream);
    output.write('a');
    output.write('b');
    await output.drained();
    expect(output.failure()).toMatchObject({ code: 'ENOSPC' });
  });
});
