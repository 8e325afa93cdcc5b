import { expect, it } from '@jest/globals';
import { expandVariables } from './expand-variables.js';

// The cases of k8s.io/kubernetes/third_party/forked/golang/expansion that differ from each other.
it.each([
  ['$(A)', 'a'],
  ['x$(A)-$(B)y', 'xa-by'],
  ['$(NONE)', '$(NONE)'],
  ['$$(A)', '$(A)'],
  ['$$$(A)', '$a'],
  ['$$$$(A)', '$$(A)'],
  ['$(A', '$(A'],
  ['$A ${A} $', '$A ${A} $'],
  ['$()', '$()'],
  ['$(EMPTY)', ''],
  ['$(NESTED)', '$(A)'],
])('expands %s to %s', (input, output) => {
  const variables = new Map([
    ['A', 'a'],
    ['B', 'b'],
    ['EMPTY', ''],
    ['NESTED', '$(A)'],
  ]);
  expect(expandVariables(input, variables)).toBe(output);
});
