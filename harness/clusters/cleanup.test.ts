import { describe, expect, it } from '@jest/globals';
import { cleanup } from './cleanup.js';

describe('cleanup', () => {
  it('undoes everything once, the last first, and tells what failed', async () => {
    const undo = cleanup();
    const undone: string[] = [];
    undo.defer(() => void undone.push('first'));
    undo.defer(() => Promise.reject(new Error('second')));
    undo.defer(() => void undone.push('third'));
    await expect(undo[Symbol.asyncDispose]()).rejects.toThrow('second');
    await undo[Symbol.asyncDispose]();
    expect(undone).toEqual(['third', 'first']);
  });

  it('tells everything that failed', async () => {
    const undo = cleanup();
    undo.defer(() => Promise.reject(new Error('one')));
    undo.defer(() => Promise.reject(new Error('two')));
    await expect(undo[Symbol.asyncDispose]()).rejects.toMatchObject({
      errors: [{ message: 'two' }, { message: 'one' }],
    });
  });
});
