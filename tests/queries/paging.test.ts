/** Lists that are read page by page while others publish and archive: nothing twice, nothing skipped. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { pageOfCritics } from '../../server/queries/critics'
import { latest } from '../../server/queries/latest'
import { pageOfMovies } from '../../server/queries/movies'
import { useViews } from '../../server/queries/views'
import { openDeskRoom, run, WRITTEN } from '../support/desk-room'

const TITLES = ['Ikiru', 'The Third Man', 'A Separation', 'M', 'Zéro de conduite', 'élégie', '2046']
const SITE = 'https://example.org'
let close: () => Promise<void>
let count = 0

beforeAll(async () => {
  close = await openDeskRoom()
  for (let i = 0; i < 21; i++)
    await publish(TITLES[i % TITLES.length]!, `critic-${i % 7}`, 1900 + i)
})
afterAll(() => close())

async function publish(title: string, critic: string, year: number): Promise<string> {
  const id = `r${++count}`
  const movie = {
    id: `${title}-${year}`.toLowerCase().replaceAll(' ', '-'),
    title,
    year,
    genres: [],
  }
  const content = { ...WRITTEN, movie, tree: [] }
  await run(id, {
    type: 'DraftReview',
    data: { id, critic: { id: critic, name: critic } },
  } as never)
  await run(id, { type: 'PublishReview', data: { slug: id, content } } as never, {
    year: 2000 + count,
  })
  return id
}
const archive = (id: string) => run(id, { type: 'ArchiveReview', data: { reason: 'r' } } as never)

type Page = { items: { id: string }[]; next?: string }
const LISTS: [string, (after?: string) => Promise<Page>][] = [
  ['reviews', after => latest(useViews(), SITE, { after, limit: 3 })],
  ['movies', after => pageOfMovies(useViews(), { after, limit: 3 })],
  ['critics', after => pageOfCritics(useViews(), { after, limit: 2 })],
]

it.each(LISTS)('%s', async (_, page) => {
  const all = async () => {
    const ids: string[] = []
    let next: string | undefined
    do {
      const answer = await page(next)
      ids.push(...answer.items.map(({ id }) => id))
      next = answer.next
    } while (next)
    return ids
  }
  const before = await all()
  expect(new Set(before).size).toBe(before.length)
  const seen: string[] = []
  let next: string | undefined
  let turn = 0
  do {
    const answer = await page(next)
    seen.push(...answer.items.map(({ id }) => id))
    next = answer.next
    // Everybody publishes, about films in front of and behind the page, and takes the newest back.
    for (const critic of ['critic-6', 'critic-0', 'critic-3', `newcomer-${turn}`]) {
      const id = await publish(TITLES[turn % TITLES.length]!, critic, 1950 + (turn % 9))
      if (critic === 'critic-0') await archive(id)
      turn++
    }
  } while (next)
  expect(new Set(seen).size).toBe(seen.length)
  expect(before.filter(id => !seen.includes(id))).toEqual([])
})

it.each(LISTS.slice(1))('a cursor of %s that we did not make is refused', async (_, page) => {
  for (const forged of ['x', 'e30', Buffer.from('[1,2]').toString('base64url'), '%00', 'null'])
    await expect(page(forged)).rejects.toMatchObject({
      statusCode: 422,
      errors: [{ path: 'after' }],
    })
})

it('is whole without a limit, in the same order', async () => {
  const { items, next } = await pageOfMovies(useViews(), {})
  expect(next).toBeUndefined()
  expect(items.slice(0, 3)).toEqual((await pageOfMovies(useViews(), { limit: 3 })).items)
  const critics = await pageOfCritics(useViews(), {})
  expect(critics.items.slice(0, 2)).toEqual((await pageOfCritics(useViews(), { limit: 2 })).items)
})
