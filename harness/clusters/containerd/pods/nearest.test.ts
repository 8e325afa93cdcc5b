import { expect, it } from '@jest/globals';
import { nearest } from './nearest.js';

it.each([
  ['comand', 'command'],
  ['Image', 'image'],
  ['volumemounts', 'volumeMounts'],
  ['livenessProbe', undefined],
  ['x', undefined],
  ['', undefined],
])('finds for %s %s', (word, found) => {
  expect(nearest(word, ['command', 'image', 'volumeMounts', 'readinessProbe', 'env'])).toBe(found);
});
