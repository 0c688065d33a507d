/** Typos are counted as people make them. */
import { expect, it } from 'vitest'
import { editDistance } from '../../shared/edit-distance'

it.each([
  ['zepelin', 'zeppelin', 1],
  ['teh', 'the', 1],
  ['cat', 'cat', 0],
  ['abc', 'abcdef', 3],
  ['', 'abc', 3],
])('counts the typos from %j to %j', (a, b, expected) => expect(editDistance(a, b)).toBe(expected))
