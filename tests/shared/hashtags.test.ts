/** Hashtags in every script: what a network would cut or misread is no tag. */
import { expect, it } from 'vitest'
import { hashtag, hashtagsOf } from '../../shared/hashtags'

it.each([
  ['film noir', '#FilmNoir'],
  ['हिन्दी', '#हिन्दी'],
  ['ภาพยนตร์', '#ภาพยนตร์'],
  ['தமிழ்', '#தமிழ்'],
  ['cine\u0301ma', '#Cinéma'],
  ["Ocean's Eleven", '#OceansEleven'],
  ['Ocean’s Eleven', '#OceansEleven'],
  ['col·lecció', '#Collecció'],
  ['می\u200Cخواهم', '#میخواهم'],
  ['M*A*S*H', '#MASH'],
  ['Fast & Furious', '#FastFurious'],
  ['2001: A Space Odyssey', '#2001ASpaceOdyssey'],
  ['ქართული ფილმი', '#ქართულიფილმი'],
  ['8½', undefined],
  ['2½ Men', undefined],
  ['C++', undefined],
  ['C#', undefined],
  ['i♥huckabees', undefined],
  ['1917', undefined],
  ['…', undefined],
  ['', undefined],
])('%s: %s', (words, tag) => {
  expect(hashtag(words)).toBe(tag)
})

it('each once, whatever its capitals and its composition', () => {
  const movie = { id: 'm', title: 'M', genres: ['Film Noir', 'cinéma'] }
  expect(hashtagsOf({ movie, tags: ['film noir', 'FILM NOIR', 'cine\u0301ma', 'C++'] })).toEqual([
    '#FilmNoir',
    '#Cinéma',
  ])
})
