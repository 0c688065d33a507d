/** Searching in every script: what people type finds the film, and the answer shows where. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { search } from '../../server/queries/search'
import type { Views } from '../../server/queries/tables'
import { shelve, viewsAfter } from '../support/shelf'
import { TITLES } from '../support/titles'

const TEXTS = {
  whole: 'The cat sat <b>there</b> & slept.',
  begun: 'A catalogue of category errors, concatenated.',
  long: `${'Nothing happens here. '.repeat(40)}Then Łódź burns, and Lodz is rebuilt. ${'And so on. '.repeat(40)}`,
  japanese: 'この映画は千と千尋の神隠しに似ている。',
  markup: '<script>alert("zither")</script>',
  curly: 'It’s the director’s well-known trick.',
}
let views: Views
beforeAll(async () => {
  views = await viewsAfter([
    ...TITLES.flatMap(({ title }, i) =>
      shelve({
        id: `t${i}`,
        title: `On film ${i}`,
        film: title,
        publishedAt: '2026-11-14T11:01:17Z',
      }),
    ),
    ...Object.entries(TEXTS).flatMap(([id, text], i) =>
      shelve({
        id,
        title: `About ${id}`,
        film: `Film ${i}`,
        text,
        publishedAt: `2026-11-15T11:01:1${i}Z`,
      }),
    ),
    ...shelve({
      id: 'ending',
      title: 'On endings',
      film: 'A Sled',
      text: 'Rosebud is the sled.',
      spoiler: true,
      publishedAt: '2026-11-16T11:01:17Z',
    }),
  ])
})
afterAll(() => views.destroy())

const found = async (q: string) => (await search(views, '', q)).items
const excerptFor = async (q: string, id: string) =>
  (await found(q))
    .find(item => item.id === id)
    ?.excerpt?.map(({ text, matches }) => (matches ? `[${text}]` : text))
    .join('')

describe.each(TITLES)('$script: $title', ({ title, typed }) => {
  it.each([title, title.normalize('NFD'), title.toUpperCase(), ...typed])(
    'is found by %s',
    async q => {
      expect((await found(q)).map(item => item.movie.title)).toContain(title)
    },
  )
  it('shows what matched', async () => {
    const [item] = (await found(title)).filter(hit => hit.movie.title === title)
    expect(item!.excerpt!.some(piece => piece.matches)).toBe(true)
  })
})

describe('a search', () => {
  it('puts whole words before beginnings of words', async () => {
    expect((await found('cat')).map(item => item.id)).toEqual(['whole', 'begun'])
  })
  it('shows the place, marks the words and keeps the text as it is', async () => {
    expect(await excerptFor('cat', 'whole')).toBe('The [cat] sat <b>there</b> & slept.')
    expect(await excerptFor('lodz', 'long')).toMatch(
      /^… .*Then \[Łódź\] burns, and \[Lodz\] is rebuilt\..* …$/,
    )
    expect(await excerptFor('神隠し', 'japanese')).toContain('千と千尋の[神隠し]に')
    expect(await excerptFor('zither', 'markup')).toContain('alert("[zither]")')
    expect(await excerptFor('directors wellknown', 'curly')).toBe(
      'It’s the [director’s] [well-known] trick.',
    )
  })
  it.each(['"', 'NEAR(', '*', '-', 'a* OR', '( )', '\u0000', '🎬', '・', 'の" OR "', "'''"])(
    'takes %j for plain words',
    async q => {
      await expect(found(q)).resolves.toBeInstanceOf(Array)
    },
  )
  it('suggests a word in any script', async () => {
    expect((await search(views, '', 'Одиссеа')).meant).toBeUndefined()
    expect((await search(views, '', 'satantngo')).meant?.word).toBe('Sátántangó')
    expect((await search(views, '', 'предкив')).meant?.word).toBe('предків')
  })
})

it('a text with spoilers is found, and not quoted', async () => {
  expect((await found('Rosebud')).map(({ id, spoiler }) => [id, spoiler])).toEqual([
    ['ending', true],
  ])
  expect(await excerptFor('Rosebud', 'ending')).toBeUndefined()
  expect(await excerptFor('sled', 'ending')).toBe('About A [Sled].')
})
