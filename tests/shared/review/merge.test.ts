/** Two people edit one text: nothing that either wrote is lost. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mergeText, mergeWriting } from '../../../shared/review/merge'
import { writingOf } from '../../../shared/review/writing'

it.each([
  ['one two three', 'ONE two three', 'one two THREE', 'ONE two THREE'],
  ['one two three', 'one two three', 'one three', 'one three'],
  ['one', 'one two', 'one two', 'one two'],
  [
    'First.\n\nSecond.',
    'First.\n\nBetween.\n\nSecond.',
    'First.\n\nSecond!',
    'First.\n\nBetween.\n\nSecond!',
  ],
])('joins %j, %j and %j', (base, mine, theirs, joined) => {
  expect(mergeText(base, mine, theirs)).toBe(joined)
})

it('returns both versions where both wrote in the same place', () => {
  expect(mergeText('a dog sleeps', 'a cow sleeps', 'a cat sleeps')).toEqual({
    mine: 'a cow sleeps',
    theirs: 'a cat sleeps',
    both: 'a cow cat sleeps',
  })
})

const words = fc
  .array(fc.constantFrom('a', 'b', 'c', 'dog', 'cat', '\n\n'), { maxLength: 12 })
  .map(list => list.join(' '))

it('has every new word of both in the result', () => {
  fc.assert(
    fc.property(words, words, words, (base, left, right) => {
      const mine = `${left} leftmost`
      const theirs = `rightmost ${right}`
      const merged = mergeText(base, mine, theirs)
      const all = typeof merged === 'string' ? merged : merged.both
      expect(all).toContain('leftmost')
      expect(all).toContain('rightmost')
    }),
  )
})

it('takes the fields that each changed, unites tags, and asks about a rating', () => {
  const base = writingOf({ title: 'T', tags: ['x', 'y'], rating: 3 })
  const { writing, clashes } = mergeWriting(
    base,
    { ...base, title: 'Mine', tags: ['x', 'mine'], rating: 4 },
    { ...base, summary: 'Theirs', tags: ['x', 'y', 'theirs'], rating: 2 },
  )
  expect(writing).toMatchObject({
    title: 'Mine',
    summary: 'Theirs',
    tags: ['x', 'mine', 'theirs'],
    rating: 4,
  })
  expect(clashes).toEqual([{ field: 'rating', mine: 4, theirs: 2 }])
})
