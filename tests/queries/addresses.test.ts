/** The addresses of genres and critics, whatever script they are written in. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { criticAt, listCritics } from '../../server/queries/critics'
import { latest } from '../../server/queries/latest'
import { listGenres } from '../../server/queries/movies'
import { allForSitemap } from '../../server/queries/sitemap'
import type { Views } from '../../server/queries/tables'
import type { ReviewEvent } from '../../server/review/events'
import { genrePath } from '../../shared/page-paths'
import { shelve, viewsAfter } from '../support/shelf'

const GENRES = [
  'Ужасы',
  'Épouvante',
  'Ärztefilm',
  'ドラマ',
  'Κωμωδία',
  'İzlence',
  'דרמה',
  'דְּרָמָה',
  '+',
  'Sci-Fi/Horror',
]
const CRITICS = [
  ['uuid-1', 'Ines Okafor', 'ines-okafor'],
  ['uuid-2', 'Inès Okafor', 'ines-okafor-2'],
  ['uuid-3', 'Ines Okafor 2', 'ines-okafor-2-2'],
  ['uuid-4', 'Инна Чурикова', 'инна-чурикова'],
  ['someone', 'Someone Else', 'someone-else'],
  ['uuid-5', 'Someone', 'someone-2'],
] as const

const signedBy = (events: ReviewEvent[], id: string, name: string) =>
  events.map(event => ({ ...event, data: { ...event.data, critic: { id, name } } }) as ReviewEvent)

let views: Views
beforeAll(async () => {
  views = await viewsAfter([
    ...GENRES.flatMap((genre, i) =>
      shelve({
        id: `g${i}`,
        title: `T${i}`,
        film: `F${i}`,
        genres: [genre],
        publishedAt: `2026-11-14T11:01:${10 + i}Z`,
      }),
    ),
    ...CRITICS.flatMap(([id, name], i) =>
      signedBy(
        shelve({
          id: `c${i}`,
          title: `T${i}`,
          film: `C${i}`,
          genres: [],
          publishedAt: `2026-11-15T11:01:${10 + i}Z`,
        }),
        id,
        name,
      ),
    ),
  ])
})
afterAll(() => views.destroy())

it.each(GENRES)(
  'the genre %s is found by its name and at the address that pages link to',
  async genre => {
    const asked = decodeURIComponent(genrePath(genre).slice('/genres/'.length))
    for (const given of [genre, genre.toUpperCase(), genre.normalize('NFD'), asked])
      expect(
        (await latest(views, '', { genre: given })).items.some(card => card.genres[0] === genre),
      ).toBe(true)
  },
)

it('lists two spellings of a genre once', async () => {
  const genres = (await listGenres(views)).map(entry => entry.genre)
  expect(genres).toHaveLength(GENRES.length - 1)
})

it.each(CRITICS)('the critic %s, %s, is at %s, and at the id', async (id, name, slug) => {
  for (const asked of [slug, id, slug.toUpperCase()])
    expect(await criticAt(views, asked)).toMatchObject({ id, name, slug })
  const { items } = await latest(views, '', { critic: slug })
  expect(items[0]!.critic).toEqual({ id, name, slug })
})

it('has one address for each critic, and the sitemap has it', async () => {
  const slugs = (await listCritics(views)).map(critic => critic.slug)
  expect(new Set(slugs).size).toBe(slugs.length)
  const paths = (await allForSitemap(views)).map(place => place.path)
  expect(paths).toContain(`/critics/${encodeURIComponent('инна-чурикова')}`)
  expect(paths).toContain('/genres/epouvante')
})
