/** What may be kept of a page of events, here and in front of the server, and for how long it is right. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { useLog } from '../../server/log'
import { draft, openDeskRoom, run, WRITTEN } from '../support/desk-room'
import { askEvents, openWays } from '../support/ways'

const CONTENT = { ...WRITTEN, tree: [] }
let close: () => Promise<void>
let closeWays: () => void

beforeAll(async () => {
  close = await openDeskRoom()
  closeWays = await openWays()
})
afterAll(async () => {
  closeWays()
  await close()
})

let slugs = 0
/** Returns its id and where it was published. */
async function publish() {
  const { id } = await draft()
  await run(id, { type: 'PublishReview', data: { slug: `s${++slugs}`, content: CONTENT } } as never)
  return { id, position: await useLog().head() }
}
const archive = (id: string) => run(id, { type: 'ArchiveReview', data: { reason: 'r' } } as never)
const headersOf = async (query: string) => {
  const { headers } = await askEvents(query)
  const [control, cdn, tag, key] = [
    'cache-control',
    'cdn-cache-control',
    'cache-tag',
    'surrogate-key',
  ].map(name => headers.get(name))
  return { control, cdn, tag, key }
}

it('a full page of links never changes', async () => {
  const { id, position } = await publish()
  const query = `after=${position - 1}&limit=1`
  expect(await headersOf(query)).toEqual({
    control: 'public, max-age=31536000, immutable',
    cdn: null,
    tag: `events,review-${id}`,
    key: `events review-${id}`,
  })
  const before = await (await askEvents(query)).text()
  await archive(id)
  expect(await (await askEvents(query)).text()).toBe(before)
})

it('the last page is asked for anew each time', async () => {
  await publish()
  expect((await headersOf('limit=500')).control).toBe('no-cache')
  expect((await headersOf('limit=500&shape=fat')).control).toBe('no-cache')
})

it.each(['shape=fat', 'fields=title'])(
  'a full page of reviews (%s) can be purged by each of them, and never shows an archived text',
  async form => {
    const { id, position } = await publish()
    const query = `after=${position - 1}&limit=1&${form}`
    expect(await headersOf(query)).toEqual({
      control: 'public, max-age=0, s-maxage=10, must-revalidate',
      cdn: 'public, max-age=10, stale-while-revalidate=20',
      tag: `events,review-${id}`,
      key: `events review-${id}`,
    })
    const etag = (await askEvents(query)).headers.get('etag')!
    const again = () => askEvents(query, { headers: { 'if-none-match': etag } })
    expect((await again()).status).toBe(304)
    await archive(id)
    const after = await again()
    expect([after.status, await after.json()]).toMatchObject([200, [{ data: { withdrawn: true } }]])
  },
)

it('names no single reviews where there would be too many for the headers of an answer', async () => {
  for (let n = 0; n < 60; n++) await publish()
  expect(await headersOf('limit=55&shape=fat')).toMatchObject({ tag: 'events', key: 'events' })
})

it('has an event in the next answer once it is on the log', async () => {
  for (let n = 0; n < 10; n++) {
    const after = await useLog().head()
    expect(await (await askEvents(`after=${after}`)).json()).toEqual([])
    const { id } = await publish()
    expect(await (await askEvents(`after=${after}`)).json()).toMatchObject([{ subject: id }])
  }
})
