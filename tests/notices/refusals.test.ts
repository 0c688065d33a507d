/** What /api/events refuses, in a batch and as a stream: each with the path of the parameter. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NOTICE_TYPE } from '../../shared/types/notice'
import { draft, openDeskRoom, run, WRITTEN } from '../support/desk-room'
import { askEvents, openWays } from '../support/ways'

let close: () => Promise<void>
let closeWays: () => Promise<void>

beforeAll(async () => {
  close = await openDeskRoom()
  closeWays = await openWays()
  const { id } = await draft()
  const data = { slug: 'vienna', content: { ...WRITTEN, tree: [] } }
  await run(id, { type: 'PublishReview', data } as never)
})
afterAll(async () => {
  await closeWays()
  await close()
})

describe.each(['application/json', 'text/event-stream'])('asked for %s', accept => {
  const ask = (query: string) => askEvents(query, { headers: { accept } })

  it.each([
    ['after=-1', 422, 'after'],
    ['after=1.5', 422, 'after'],
    ['after=0x1', 422, 'after'],
    ['after=', 422, 'after'],
    ['after=last', 422, 'after'],
    ['after=1&after=2', 422, 'after'],
    ['after=3', 422, 'after'],
    ['after=999999999999999', 422, 'after'],
    ['after=9999999999999999999999', 422, 'after'],
    ['after=1e3', 422, 'after'],
    ['after=٣', 422, 'after'],
    ['limit=0', 422, 'limit'],
    ['limit=501', 422, 'limit'],
    ['limit=-5', 422, 'limit'],
    ['limit=many', 422, 'limit'],
    ['types=', 422, 'types'],
    ['types=,', 422, 'types'],
    ['types=published', 422, 'types'],
    [`types=${NOTICE_TYPE.ReviewFixed},com.mymovies.review.drafted.v1`, 422, 'types'],
    [`types=${NOTICE_TYPE.ReviewFixed}&types=x`, 422, 'types'],
    ['subject=', 422, 'subject'],
    ['subject=../../etc', 422, 'subject'],
    ['subject=%00', 422, 'subject'],
    [`subject=${Array(101).fill('x').join()}`, 422, 'subject'],
    [`subject=${Array(7000).fill('x').join()}`, 422, 'subject'],
    ['genre=Giallo', 404, 'genre'],
    ['genre=Thriller,Giallo', 404, 'genre'],
    [`genre=${'x'.repeat(41)}`, 422, 'genre'],
    [`genre=${Array(51).fill('War').join()}`, 422, 'genre'],
    ['critic=nobody', 404, 'critic'],
    ['critic=ines&critic=nobody', 404, 'critic'],
    ['critic=__proto__', 404, 'critic'],
    ['minRating=6', 422, 'minRating'],
    ['minRating=-1', 422, 'minRating'],
    ['minRating=3.3', 422, 'minRating'],
    ['minRating=good', 422, 'minRating'],
    ['shape=round', 422, 'shape'],
    ['shape=', 422, 'shape'],
    ['shape=thin&shape=fat', 422, 'shape'],
    ['shape=pick', 422, 'fields'],
    ['shape=pick&fields=', 422, 'fields'],
    ['shape=pick&fields=secret', 422, 'fields'],
    ['shape=pick&fields=title,movie.secret', 422, 'fields'],
    ['shape=pick&fields=__proto__', 422, 'fields'],
    ['shape=pick&fields=title.length', 422, 'fields'],
    ['shape=pick&fields=movie.', 422, 'fields'],
    ['shape=thin&fields=title', 422, 'fields'],
    ['shape=fat&fields=title', 422, 'fields'],
    ['fields=secret', 422, 'fields'],
  ])('refuses %s', async (query, status, path) => {
    const answer = await ask(query)
    const problem = await answer.json()
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(problem).toMatchObject({ status, errors: [{ path, message: expect.any(String) }] })
    expect(answer.status).toBe(status)
  })
})

it.each([
  'after=00000002',
  'types=com.mymovies.review.fixed.v1,%20com.mymovies.review.published.v1',
  'genre=&critic=&minRating=&fields=',
  'shape=fat&fields=',
  'genre=war&critic=Ines-Okafor&minRating=0',
  'genre=Thriller&genre=Western',
  'fields=title,movie.title,movie',
])('accepts %s', async query => {
  expect((await askEvents(query)).status).toBe(200)
})

it('walks through a narrowed log page by page, each event once', async () => {
  const seen: string[] = []
  let address = '/api/events?genre=thriller&limit=1&after=0'
  for (let pages = 0; pages < 5; pages++) {
    const answer = await askEvents(address.split('?')[1]!)
    const notices = (await answer.json()) as { id: string }[]
    seen.push(...notices.map(({ id }) => id))
    const [, next] = /<https:\/\/example\.org([^>]*)>; rel="next"/.exec(
      answer.headers.get('link')!,
    )!
    if (!notices.length) break
    address = next!
  }
  expect(seen).toHaveLength(1)
  expect(address).toContain('genre=thriller')
})
