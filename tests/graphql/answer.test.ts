/** Which answers to a GET are kept. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp, createRouter, toNodeListener } from 'h3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import errorHandler from '../../server/error-handler'
import { useAnswers } from '../../server/http/answer/cache'
import graphqlDoor from '../../server/routes/graphql.get'
import { draft, openDeskRoom, run, WRITTEN } from '../support/desk-room'

let close: () => Promise<void>
let id: string
const app = createApp({ onError: (error, event) => errorHandler(error, event, {} as never) })
app.use(createRouter().get('/graphql', graphqlDoor))
const server = createServer(toNodeListener(app))

beforeAll(async () => {
  close = await openDeskRoom()
  id = (await draft()).id
  const content = { ...WRITTEN, body: 'word '.repeat(15_000), tree: [] }
  await run(id, { type: 'PublishReview', data: { slug: 'long', content } } as never)
  server.listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
})
afterAll(async () => {
  server.close()
  server.closeAllConnections()
  await close()
})

async function get(query: string) {
  const { port } = server.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}/graphql?${new URLSearchParams({ query })}`)
  return { cacheControl: answer.headers.get('cache-control'), body: await answer.json() }
}
/** As many copies of a text of 75 kB. */
const texts = (count: number) =>
  `{ ${Array.from({ length: count }, (_, i) => `t${i}: review(id: "${id}") { body }`).join(' ')} }`

it('those of a usual size', async () => {
  const { body, cacheControl } = await get(texts(1))
  expect(body.data.t0.body).toHaveLength(75_000)
  expect(cacheControl).toContain('public')
})

it('not one that would take the place of many pages', async () => {
  const { body, cacheControl } = await get(texts(5))
  expect(Object.keys(body.data)).toHaveLength(5)
  expect(cacheControl).toBe('no-store')
})

it('not one in which a field failed', async () => {
  const { body, cacheControl } = await get(
    `{ review(id: "${id}") { id } reviews(first: 0) { nodes { id } } }`,
  )
  expect(body).toMatchObject({ data: { review: { id }, reviews: null } })
  expect(cacheControl).toBe('no-store')
})

it('until something is published', async () => {
  const query = '{ review(id: "long") { title } }'
  const before = await get(query)
  await run(id, { type: 'FixReview', data: { changes: { title: 'Another' } } } as never)
  expect((await get(query)).body).toEqual(before.body)
  await expect
    .poll(async () => {
      useAnswers().purge()
      return (await get(query)).body.data.review.title
    })
    .toBe('Another')
})
