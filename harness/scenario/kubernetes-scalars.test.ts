import { load } from 'js-yaml';
import { describe, expect, it } from '@jest/globals';
import { kubernetesSchema } from './kubernetes-scalars.js';

const read = (text: string): unknown =>
  (load(`a: ${text}`, { schema: kubernetesSchema }) as { a: unknown }).a;

describe('a plain scalar of a manifest', () => {
  it.each([
    ['0100', 64],
    ['0777', 511],
    ['-010', -8],
    ['0o17', 15],
    ['080', 80],
    ['0x1F', 31],
    ['0b101', 5],
    ['1_000', 1000],
    ['+12', 12],
    ['0', 0],
    ['1e3', 1000],
    ['1.10', 1.1],
    ['.5', 0.5],
    ['yes', true],
    ['On', true],
    ['n', false],
    ['off', false],
    ['~', null],
    ['', null],
    ['Null', null],
    ['12:30:45', '12:30:45'],
    ['2001-01-01', '2001-01-01'],
    ['_1', '_1'],
    ['.inf', '.inf'],
    ['1e1000', '1e1000'],
    ['0x', '0x'],
    ['yES', 'yES'],
    ['"0100"', '0100'],
    ["'yes'", 'yes'],
    ['!!str 0100', '0100'],
  ])('%s is %j', (text, value) => {
    expect(read(text)).toBe(value);
  });

  it('may be a merge key', () => {
    const text = 'base: &base { mode: 0644 }\nown: { <<: *base, kind: x }\n';
    expect(load(text, { schema: kubernetesSchema })).toMatchObject({ own: { mode: 0o644, kind: 'x' } });
  });
});
