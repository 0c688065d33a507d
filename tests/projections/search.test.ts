/** The searchable words of a review after each event. */
import { expect, it } from 'vitest'
import search from '../../server/projections/search'
import { life, rowsAfter } from './life'

const row = (...events: Parameters<typeof rowsAfter>[1][]) => rowsAfter(search, ...events).get('r1')

it('has no words of a draft', () => expect(row(life.drafted)).toBeUndefined())

it('has the words of the title, the film, the critic, the tags and the text', () => {
  expect(row(life.published)).toMatchObject({
    shown: 1,
    title: 'Everyone in Vienna',
    film: 'The Third Man 1949 Carol Reed Thriller',
    critic: 'Ines Okafor',
    tags: 'noir',
    body: expect.stringContaining('Harry Lime arrives late.'),
  })
})

it('has the fixed and corrected words, and the others as they were', () => {
  expect(row(life.published, life.fixed, life.corrected)).toMatchObject({
    title: 'Everyone in Wien',
    film: expect.stringContaining('1950'),
    body: expect.stringContaining('Harry Lime'),
  })
})

it('does not find what is archived', () => {
  expect(row(life.published, life.archived)!.shown).toBe(0)
  expect(row(life.published, life.archived, life.restored)!.shown).toBe(1)
})
