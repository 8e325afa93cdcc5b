import { expect, it } from '@jest/globals';
import { parseQuantity } from './quantity.js';

it.each([
  ['500m', 0.5],
  ['0.25', 0.25],
  ['.5', 0.5],
  [2, 2],
  ['128Mi', 134_217_728],
  ['1k', 1_000],
  ['1e3', 1_000],
  ['2E', 2e18],
  ['1.5Gi', 1_610_612_736],
  ['', undefined],
  ['1mi', undefined],
  ['much', undefined],
  ['1 Mi', undefined],
])('reads %j as %j', (text, value) => {
  expect(parseQuantity(text)).toBe(value);
});
